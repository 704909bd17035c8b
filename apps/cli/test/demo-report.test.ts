import type { EmotionOrUnknown } from '@bemore/protocol'
import t from 'tap'
import { renderSignedBar } from '../src/demo/bar.js'
import { renderReport, renderVerdict } from '../src/demo/demo-report.js'
import { createTally, type LiveWindow } from '../src/demo/demo-tally.js'
import { judgeReport } from '../src/demo/demo-verdict.js'
import { createPalette } from '../src/palette.js'
import { reportOf, windowOf } from './fixtures/session-report.js'

const plain = createPalette(false)

function tallyOf(windows: readonly number[], portrait: readonly EmotionOrUnknown[]) {
  const tally = createTally()
  for (const window of windows) tally.windowReceived({ window } as LiveWindow)
  for (const label of portrait) {
    tally.affectReceived({ label } as Parameters<typeof tally.affectReceived>[0], true)
  }
  return tally
}

const HAPPY_THEN_SAD = [
  windowOf(0, 'happy', 0.6),
  windowOf(1, 'happy', 0.5),
  windowOf(2, 'sad', -0.5),
]

t.test('a report with all that was seen live is complete, though it holds more', async (t) => {
  const verdict = judgeReport(reportOf(HAPPY_THEN_SAD), tallyOf([1, 0], []), 15_000)
  t.match(verdict, { isComplete: true, missing: [] })
})

t.test('a window seen live that the report lacks is named', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  const tally = tallyOf([0, 4, 3], [])
  const verdict = judgeReport(report, tally, 15_000)
  t.match(verdict, { isComplete: false, missing: [3, 4] })
  t.match(
    renderVerdict(verdict, tally, report, plain),
    /✗ the report lacks windows seen live: 3, 4/,
  )
})

t.test('an empty report is not complete', async (t) => {
  const report = reportOf([])
  const verdict = judgeReport(report, tallyOf([], []), 15_000)
  t.notOk(verdict.isComplete)
  t.match(renderVerdict(verdict, tallyOf([], []), report, plain), /✗ the report holds no window/)
})

t.test('the portrait is judged by the windows mostly in its phase', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  t.match(judgeReport(report, tallyOf([], []), 15_100), {
    portraitWindows: { of: 2, happy: 2 },
    isPortraitHappy: true,
  })
  t.match(judgeReport(report, tallyOf([], []), 30_000), { portraitWindows: { of: 3, happy: 2 } })
  const sullen = reportOf([windowOf(0, 'neutral', 0)])
  t.match(judgeReport(sullen, tallyOf([], ['happy']), 15_000), { isPortraitHappy: false })
})

t.test('a phase too short for a window is judged by what was read live', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  const judge = (portrait: readonly EmotionOrUnknown[]) =>
    judgeReport(report, tallyOf([], portrait), 4_000).isPortraitHappy
  t.ok(judge(['neutral', 'happy', 'happy']))
  t.notOk(judge(['neutral', 'happy']))
  t.notOk(judge([]))
})

t.test('the report in a terminal: windows, shares in order, quality, notice', async (t) => {
  const text = renderReport(reportOf([...HAPPY_THEN_SAD, windowOf(3, 'unknown', null)]), plain)
  t.match(text, /^ +0 +0 s +happy +80 % .*│█████ +\+0\.60/m)
  t.match(text, /^ +2 +20 s +sad +80 % +████│ +-0\.50/m)
  t.match(text, /^ +3 +30 s +unknown +80 % +│ +- /m)
  t.match(text, /happy +80 % █+\n +sad +20 % █+\n\n/, 'what is next to nothing has no row')
  t.match(text, 'flags: missing_windows')
  t.match(text, 'This is not a diagnosis.')
})

t.test('a bar goes to its side and stays in its field', async (t) => {
  t.equal(renderSignedBar(1), '        │████████')
  t.equal(renderSignedBar(-0.5), '    ████│        ')
  t.equal(renderSignedBar(0), '        │        ')
  t.equal(renderSignedBar(null), '        │        ')
  t.equal(renderSignedBar(-7), '████████│        ')
})
