import type { SessionReport } from '@bemore/core'
import type { EmotionOrUnknown } from '@bemore/protocol'
import t from 'tap'
import { renderSignedBar } from '../src/demo/bar.js'
import { renderChecks, renderReport } from '../src/demo/demo-report.js'
import { createTally, type DemoTally, type LiveWindow } from '../src/demo/demo-tally.js'
import { checksOf, judgeReport } from '../src/demo/demo-verdict.js'
import { createPalette } from '../src/palette.js'
import { reportOf, saidAt, windowOf } from './fixtures/session-report.js'

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

/** As the demo shows it. */
function shown(report: SessionReport, tally: DemoTally, portraitMs: number) {
  const checks = checksOf(judgeReport(report, tally, portraitMs), report, tally.windows.size)
  return renderChecks(checks, plain)
}

t.test('a window seen live that the report lacks is named', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  const tally = tallyOf([0, 4, 3], [])
  t.match(judgeReport(report, tally, 15_000), { isComplete: false, missing: [3, 4] })
  t.match(shown(report, tally, 15_000), /✗ the report lacks windows seen live: 3, 4/)
})

t.test('an empty report is not complete', async (t) => {
  const report = reportOf([])
  t.notOk(judgeReport(report, tallyOf([], []), 15_000).isComplete)
  t.match(shown(report, tallyOf([], []), 15_000), /✗ the report holds no window/)
})

t.test('the portrait is judged by the windows mostly in its phase', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  const judge = (of: SessionReport, portraitMs: number) =>
    judgeReport(of, tallyOf([], ['happy']), portraitMs).portrait
  t.match(judge(report, 15_100), { windows: 2, undisputed: { of: 2, happy: 2 }, isHappy: true })
  t.match(judge(report, 30_000), { undisputed: { of: 3, happy: 2 } })
  t.match(judge(reportOf([windowOf(0, 'neutral', 0)]), 15_000), { isHappy: false })
})

t.test('a window in which unpleasant words were said says nothing of the face', async (t) => {
  const windows = [windowOf(0, 'happy', 0.6), windowOf(1, 'sad', -0.5)]
  const readings = tallyOf([0, 1], ['happy', 'happy', 'happy'])
  const report = { ...reportOf(windows), utterances: [saidAt(3_000, 0.8), saidAt(18_000, -0.6)] }
  t.match(
    shown(report, readings, 15_100),
    /✓ the smiling portrait read happy in 1 of 1 windows of the report, in 3 of 3 live readings \(windows left out for words that speak against the face: 1\)/,
  )
  const sullen = [windowOf(0, 'neutral', 0), ...windows.slice(1)]
  t.match(shown({ ...report, timeline: sullen }, readings, 15_100), /✗ .* happy in 0 of 1 windows/)
})

t.test('nor do those behind it: the live readings then do', async (t) => {
  const windows = [windowOf(0, 'sad', -0.6), windowOf(1, 'sad', -0.5)]
  const report = { ...reportOf(windows), utterances: [saidAt(3_000, -0.6)] }
  const show = (labels: readonly EmotionOrUnknown[]) => shown(report, tallyOf([], labels), 15_100)
  t.match(show(['neutral', 'happy', 'happy']), /✓ .* happy in 2 of 3 live readings \(/)
  t.match(show(['neutral', 'neutral', 'happy']), /✗ .* happy in 1 of 3 live readings \(/)
  t.match(show(['happy', 'happy']), /– too little to judge/)
})

t.test('a line whose words are not kept disputes nothing', async (t) => {
  const report = { ...reportOf(HAPPY_THEN_SAD), utterances: [saidAt(3_000, null)] }
  t.match(judgeReport(report, tallyOf([], []), 15_100).portrait, { undisputed: { of: 2 } })
})

t.test('a phase too short for a window is too little to judge, and no failure', async (t) => {
  const report = reportOf(HAPPY_THEN_SAD)
  const readings = tallyOf([], ['neutral', 'happy', 'happy', 'happy'])
  t.equal(judgeReport(report, readings, 4_000).portrait.isHappy, null)
  const text = shown(report, readings, 4_000)
  t.match(text, /– too little to judge the smiling portrait by: happy in 3 of 4 live readings/)
  t.notMatch(text, /0 of 0/)
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
