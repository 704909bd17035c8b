import fc from 'fast-check'
import t from 'tap'
import {
  foldReport,
  foldSummary,
  type NewSessionEvent,
  type SessionEvent,
} from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  flagged,
  heard,
  labeling,
  logOf,
  offered,
  replied,
  said,
  seen,
  started,
  textEmotion,
  voiceWindow,
} from './session-logs.js'

fc.configureGlobal({ seed: 20_260_103 })

/** Two processes that saw, heard and were told parts of one session, some of it both of them. */
const PARTS: readonly NewSessionEvent[] = [
  seen(faceWindow(0, 'happy', 0, 40)),
  seen(faceWindow(0, 'sad', 40, 100), 'p2'),
  seen(faceWindow(1, 'sad')),
  seen(faceWindow(3, 'fearful'), 'p2'),
  heard(voiceWindow(0, { endMs: 4_000, heardMs: 4_000, speechMs: 1_000 })),
  heard(voiceWindow(0, { startMs: 4_000, heardMs: 6_000 }), 'p2'),
  heard(voiceWindow(2)),
  said('utt_1', 3_000, { spokenMs: 1_800, distortions: [labeling('low', 'such a loser')] }),
  said('utt_1', 3_010, { spokenMs: 1_800, distortions: [labeling('high', 'a loser')] }),
  said('utt_2', 12_000, { emotion: textEmotion('happy', 0.6), language: 'ko' }),
  said('utt_3', 22_000, { distortions: [labeling('medium', 'nobody at all')] }),
  said('utt_4', 22_000),
  offered('int_1', 'utt_1', 3_000, ['labeling.q1', 'labeling.q2']),
  offered('int_2', 'utt_1', 3_010, ['labeling.q2', 'labeling.q1']),
  offered('int_3', 'utt_3', 22_000, ['labeling.q3']),
  replied('msg_1', 13_000, 'timeout'),
  replied('msg_2', 14_000, 'off'),
  flagged('risk_1', 31_000, 'utt_5'),
  flagged('risk_2', 31_050, 'utt_5'),
  said('utt_5', 31_000, { text: 'kept by an older process' }),
  said('utt_5', 31_050, { text: null }),
  said('utt_6', 36_000, { distortions: [labeling('high', 'after it')] }),
]

const logIn = (parts: readonly NewSessionEvent[]): SessionEvent[] =>
  logOf(started, ...parts, endedAt(40_000))

const told = (log: readonly SessionEvent[]) =>
  JSON.stringify([foldReport(log, 'en'), foldSummary(log, 'ko')])

t.test('the order in which two processes reach the log makes no difference', async (t) => {
  const expected = told(logIn(PARTS))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...PARTS], { minLength: PARTS.length }),
        (parts) => told(logIn(parts)) === expected,
      ),
      { numRuns: 60 },
    ),
  )
})

t.test('an utterance taken by two processes is one, and a question is asked once', async (t) => {
  const report = foldReport(logIn(PARTS), 'en')!
  t.equal(report.utterances.length, 6)
  t.equal(report.text?.utterances, 6)
  t.same(
    report.interventions.map(({ t: at, questions }) => [at, questions.length]),
    [
      [3_000, 2],
      [22_000, 1],
    ],
  )
  t.same(report.degraded, ['chat:timeout'])
  t.match(report.distortions, [
    {
      type: 'labeling',
      count: 2,
      severity: 'medium',
      evidence: [{ t: 3_000, text: 'such a loser' }, { t: 22_000 }],
    },
  ])
})
