import t from 'tap'
import { foldReport, foldSummary } from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  flagged,
  labeling,
  logOf,
  offered,
  said,
  seen,
  started,
} from './session-logs.js'

const SECRET = 'words that nobody is to read again'

/** The flag came from one process, the words from another that had not heard of it. */
const log = logOf(
  started,
  seen(faceWindow(0, 'sad')),
  said('utt_1', 2_000, { distortions: [labeling('medium', 'said before')] }),
  offered('int_1', 'utt_1', 2_000, ['labeling.q1']),
  said('utt_2', 8_000, { text: SECRET, distortions: [labeling('high', SECRET)] }),
  offered('int_2', 'utt_2', 8_000, ['labeling.q2']),
  flagged('risk_1', 8_000, 'utt_2'),
  said('utt_3', 12_000, { distortions: [labeling('high', 'said afterwards')] }),
  offered('int_3', 'utt_3', 12_000, ['labeling.q3']),
  endedAt(20_000),
)

t.test('where a life may be at risk, who can be called is said before anything', async (t) => {
  for (const language of ['en', 'ko'] as const) {
    const report = foldReport(log, language)!
    const summary = foldSummary(log, language)!
    t.match(report.risk, { flagged: true, count: 1, times: [8_000] })
    t.ok(report.risk.card!.contacts.length > 0)
    t.equal(report.keyObservations[0], report.risk.card!.message)
    t.equal(summary.keyObservations[0], report.risk.card!.message)
    const phones = report.risk.card!.contacts.map(({ phone }) => phone)
    for (const phone of phones) t.match(report.recommendations.join('\n'), phone)
    t.ok(report.narrative.text.startsWith(report.risk.card!.message))
    t.notMatch(report.keyObservations.join('\n'), /“|‘/, 'no label is put beside it')
  }
})

t.test('nothing that was said with it is repeated, scored or answered with a task', async (t) => {
  const report = foldReport(log, 'en')!
  t.notMatch(JSON.stringify([report, foldSummary(log, 'en')]), SECRET)
  t.match(report.utterances[1], { text: null, emotion: 'unknown', valence: null, withheld: true })
  t.equal(report.utterances[2]!.withheld, false)
  t.equal(report.cbtFindings.length, 1, 'only what was found before')
  t.same(
    report.interventions.map(({ t: at }) => at),
    [2_000],
  )
  t.equal(foldSummary(log, 'en')!.cbt.totalDistortions, 1)
})

t.test('a narrative from elsewhere never stands in the place of the card', async (t) => {
  const options = { narrative: { text: 'All is well.' } }
  const { narrative, source } = foldReport(log, 'en', options)!
  t.equal(narrative.source, 'local')
  t.equal(source, 'local')
  t.notMatch(narrative.text, 'All is well.')
})
