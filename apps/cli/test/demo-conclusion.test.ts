import type { SessionReport } from '@bemore/core'
import t from 'tap'
import { hasFailed } from '../src/demo/check.js'
import type { DemoClient } from '../src/demo/demo-client.js'
import { conclude } from '../src/demo/demo-conclusion.js'
import { planDemo } from '../src/demo/demo-plan.js'
import { createTally } from '../src/demo/demo-tally.js'
import { dialogueOf } from '../src/demo/dialogue.js'
import { planDialogue } from '../src/demo/dialogue-plan.js'
import { createSpokenTally } from '../src/demo/spoken-tally.js'
import { createPalette } from '../src/palette.js'
import { reportOf, saidAt, windowOf } from './fixtures/session-report.js'

const plain = createPalette(false)

/** What the demo makes of this report of a session in which nothing was said. */
async function concludeFrom(report: SessionReport, portraitMs = 15_100) {
  const client: Pick<DemoClient, 'report' | 'reportPage' | 'exported' | 'reportUrl'> = {
    report: async () => report,
    reportPage: async () => null,
    exported: async () => '{}',
    reportUrl: () => 'http://localhost/report',
  }
  const words = planDialogue(planDemo(45), dialogueOf('everyday', 'ko'))
  const evidence = { tally: createTally(), portraitMs, words, spoken: createSpokenTally() }
  const { isGood, texts } = await conclude(client as DemoClient, 'sess_1', evidence)
  return { isGood, text: texts(plain).join('\n') }
}

t.test('all checks held', async (t) => {
  const { isGood, text } = await concludeFrom(reportOf([windowOf(0, 'happy', 0.6)]))
  t.ok(isGood)
  t.notMatch(text, '✗')
})

t.test('whichever check is shown as failed, the demo has failed', async (t) => {
  const smiling = reportOf([windowOf(0, 'happy', 0.6)])
  const reports = {
    'the smiling portrait read happy in 0 of 1': reportOf([windowOf(0, 'neutral', 0)]),
    'the report holds no window': reportOf([]),
    'lines said: 0, in the report: 1': { ...smiling, utterances: [saidAt(12_000, 0.5)] },
  }
  for (const [what, report] of Object.entries(reports)) {
    const { isGood, text } = await concludeFrom(report)
    t.match(text, `✗ ${what}`)
    t.notOk(isGood, what)
  }
})

t.test(
  'what there was too little to judge by is no failure, and is not shown as held',
  async (t) => {
    const { isGood, text } = await concludeFrom(reportOf([windowOf(0, 'neutral', 0)]), 4_000)
    t.ok(isGood)
    t.match(text, /^– too little to judge the smiling portrait/m)
    t.notOk(hasFailed({ good: null, what: '' }))
  },
)
