import t from 'tap'
import {
  createEvent,
  foldFigures,
  foldReport,
  foldSessionState,
  foldSummary,
  type NewSessionEvent,
  renderCsv,
  type SessionReport,
} from '../../src/index.js'
import { endedAt, faceWindow, logOf, START, seen, started } from './session-logs.js'

/** Events that stand in the log for themselves: what is folded from the others must not notice. */
const MEASURED: readonly NewSessionEvent[] = [
  started,
  seen(faceWindow(0, 'happy')),
  seen(faceWindow(1, 'sad')),
  seen(faceWindow(2, 'neutral')),
]
const scored = (minuteIndex: number) =>
  (['face', 'voice', 'text'] as const).map((modality) =>
    createEvent(`${modality}.score`, START + 5_000 + minuteIndex, {
      ...{ minuteIndex, score: 62, confidence: 0.5 },
    }),
  )
const rated = (rating: number, at: number) => [
  createEvent('feedback.given', START + at, { rating, hasNote: true }),
  createEvent('text.feedback', START + at, { text: 'It did me good.' }),
]

const plain = logOf(...MEASURED, endedAt(40_000))
const [first, ...rest] = MEASURED
const withBystanders = logOf(
  first as NewSessionEvent,
  ...scored(0),
  ...rated(2, 7_000),
  ...rest,
  ...scored(1),
  endedAt(40_000),
  ...rated(4, 95_000),
)

t.test('scores of a client and feedback change no figure', async (t) => {
  const report = foldReport(withBystanders, 'en')
  const { seq, feedback, ...figures } = report as SessionReport
  const {
    seq: plainSeq,
    feedback: none,
    ...plainFigures
  } = foldReport(plain, 'en') as SessionReport
  t.same(figures, plainFigures)
  t.equal(none, null)
  t.equal(seq, plainSeq + 10)
  t.same({ ...foldSummary(withBystanders, 'ko'), seq: 0 }, { ...foldSummary(plain, 'ko'), seq: 0 })
  t.same(foldFigures(withBystanders), foldFigures(plain))
  t.same(
    { ...foldSessionState(withBystanders), lastSeq: 0 },
    { ...foldSessionState(plain), lastSeq: 0 },
  )
  for (const kind of ['vad', 'emotion', 'voice', 'utterances'] as const) {
    t.equal(
      renderCsv(report as SessionReport, kind),
      renderCsv(foldReport(plain, 'en') as SessionReport, kind),
    )
  }
})

t.test('of several ratings the latest counts, and its note stays out of the report', async (t) => {
  const report = foldReport(withBystanders, 'en')
  t.same(report?.feedback, { rating: 4, at: new Date(START + 95_000).toISOString() })
  t.notMatch(JSON.stringify(report), /did me good/)
})
