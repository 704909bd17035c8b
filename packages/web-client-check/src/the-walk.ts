import type { Browser } from 'playwright-core'
import type { Site } from './site.js'
import { ENTERING, LEAVING } from './steps/account-steps.js'
import { AFTERWARDS } from './steps/after-steps.js'
import { CLOSING } from './steps/closing-steps.js'
import { IN_SESSION } from './steps/session-steps.js'
import { createWalk, type Step, type Walk } from './walk.js'
import { openWatchedPage } from './watched-page.js'

const STEP_TIMEOUT_MS = 30_000
const WINDOW = { width: 1100, height: 760 }

/** Everything a person can do in the existing web client, in the order in which they would. */
export const STEPS: readonly Step[] = [
  ...ENTERING,
  ...IN_SESSION,
  ...AFTERWARDS,
  ...LEAVING,
  ...CLOSING,
]

/** A person's browser, with nothing in it yet. */
export async function beginWalk(browser: Browser, site: Site): Promise<Walk> {
  const context = await browser.newContext({
    ...{ acceptDownloads: true, locale: 'ko-KR', viewport: WINDOW },
  })
  context.setDefaultTimeout(STEP_TIMEOUT_MS)
  return createWalk(site, context, await openWatchedPage(context))
}
