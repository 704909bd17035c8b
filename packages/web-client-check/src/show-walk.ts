/** `npm run show:browser`: the walk with what it does on the terminal, and its pictures kept. */
import { rmSync } from 'node:fs'
import { findChromium, launchChromium } from './chromium.js'
import { type Place, startSite } from './site.js'
import { beginWalk, STEPS } from './the-walk.js'
import { PICTURES } from './walk.js'

/** @returns the exit code: 1 where a step did not go well, or there is no browser */
export async function showWalk(): Promise<number> {
  const chromium = findChromium()
  if (chromium === null) {
    console.error('There is no Chromium: install one (Debian: apt-get install chromium).')
    return 1
  }
  rmSync(PICTURES, { recursive: true, force: true })
  const browser = await launchChromium(chromium)
  const cleanups: (() => unknown)[] = [() => browser.close()]
  const context = { name: 'show-browser', teardown: (fn: () => unknown) => cleanups.push(fn) }
  try {
    for (const place of ['cross-origin', 'same-origin'] as const) {
      const site = await startSite({ ...context, teardown: (fn) => void cleanups.push(fn) }, place)
      console.log(`\n${headOf(place)}: ${site.origin} → ${site.apiUrl}`)
      const walk = await beginWalk(browser, site)
      for (const { name, run } of STEPS) {
        const start = performance.now()
        await run(walk)
        console.log(`  ✓ ${name} (${Math.round(performance.now() - start)} ms)`)
      }
    }
    console.log(`\nPictures: ${PICTURES}`)
    return 0
  } catch (error) {
    console.error('  ✗', error)
    return 1
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup()
  }
}

function headOf(place: Place): string {
  return place === 'cross-origin'
    ? 'The page and the API on two origins'
    : 'The page and the API behind one origin'
}
