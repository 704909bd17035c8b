import t from 'tap'
import {
  beginWalk,
  findChromium,
  launchChromium,
  type Place,
  STEPS,
  startSite,
} from '../src/index.js'

/** The walk as a test: each step one of its own, and none behind one that failed. */
export function walkInBrowser(place: Place): void {
  const chromium = findChromium()
  t.setTimeout(200_000)
  t.test(
    `the web client, ${place}`,
    { skip: chromium === null && 'NO CHROMIUM HERE: apt-get install chromium, or set CHROMIUM' },
    async (t) => {
      const browser = await launchChromium(chromium ?? '')
      t.teardown(() => browser.close())
      const site = await startSite(t, place)
      const walk = await beginWalk(browser, site)
      for (const { name, run } of STEPS) {
        await t.test(name, async (t) => {
          await run(walk)
          t.pass(name)
        })
        if (!t.passing()) {
          await walk.shoot('failed')
          t.comment(site.output().split('\n').slice(-20).join('\n'))
          return
        }
      }
    },
  )
}
