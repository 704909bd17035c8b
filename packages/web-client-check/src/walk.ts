import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import type { Site } from './site.js'
import type { Watched } from './watched-page.js'

/** What every step of the walk has at hand. */
export interface Walk {
  readonly site: Site
  readonly context: BrowserContext
  readonly watched: Watched
  readonly page: Page
  readonly person: { readonly username: string; readonly email: string; readonly password: string }
  /** The session of the walk, once there is one. */
  session: { id: string }
  /** Keeps a picture of the page under a name. */
  shoot(name: string): Promise<void>
}

export interface Step {
  /** What is so when it went well. */
  readonly name: string
  run(walk: Walk): Promise<void>
}

/** Pictures of the main steps are kept here, until the next run. */
export const PICTURES = fileURLToPath(new URL('../../../../.test-results/browser', import.meta.url))

export function createWalk(site: Site, context: BrowserContext, watched: Watched): Walk {
  const folder = join(PICTURES, site.place)
  mkdirSync(folder, { recursive: true })
  let pictures = 0
  return {
    ...{ site, context, watched, page: watched.page },
    person: { username: '지민', email: 'jimin@example.com', password: '바다를 보러 가자 2026' },
    session: { id: '' },
    async shoot(name) {
      pictures += 1
      const file = `${String(pictures).padStart(2, '0')}-${name}.png`
      await watched.page.screenshot({ path: join(folder, file), fullPage: true })
    },
  }
}

/** Opens an address of the app and waits until the page has settled on what it shows. */
export async function visit({ page, site }: Walk, path: string): Promise<void> {
  await page.goto(`${site.origin}${path}`)
  await page.waitForSelector('html[data-ready]')
}

/** Follows a link of the page, as a person does, without loading it anew. */
export async function follow({ page }: Walk, text: string): Promise<void> {
  await page.click(`#nav a:text-is("${text}")`)
}

/** Loads the page anew for who is signed in, and waits until it has sent the preferences back. */
export async function reload(walk: Walk, path?: string): Promise<void> {
  const { page } = walk
  const settled = page.waitForResponse(
    (reply) =>
      reply.request().method() === 'PUT' && reply.url().endsWith('/preferences') && reply.ok(),
  )
  if (path === undefined) {
    await page.reload()
    await page.waitForSelector('html[data-ready]')
  } else {
    await visit(walk, path)
  }
  await settled
}
