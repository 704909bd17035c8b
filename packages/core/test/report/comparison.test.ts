import t from 'tap'
import { compareFigures, foldFigures, foldReport, type SessionFigures } from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  heard,
  logOf,
  START,
  seen,
  started,
  voiceWindow,
} from './session-logs.js'

const DAY = 86_400_000

const log = logOf(
  started,
  ...[0, 1, 2, 3].flatMap((index) => [seen(faceWindow(index, 'happy')), heard(voiceWindow(index))]),
  endedAt(40_000),
)

function figuresOf(daysAgo: number, change: Partial<SessionFigures> = {}): SessionFigures {
  return {
    ...foldFigures(log)!,
    startedAt: START - daysAgo * DAY,
    ...change,
  }
}

t.test('the figures of a session are few, and null where little was known', async (t) => {
  t.match(foldFigures(log), {
    startedAt: START,
    activeDurationMs: 40_000,
    valence: 0.6,
    speakingRatio: 0.5,
    speechRate: null,
    meanPauseMs: 800,
  })
  t.match(foldFigures(logOf(started, seen(faceWindow(0, 'happy')), endedAt(10_000))), {
    valence: null,
    speakingRatio: null,
  })
  t.equal(foldFigures([]), null)
})

t.test('a session stands beside the median of the same person’s earlier ones', async (t) => {
  const earlier = [
    figuresOf(1, { meanPauseMs: 400, valence: 0.1 }),
    figuresOf(2, { meanPauseMs: 500, valence: 0.2 }),
    figuresOf(3, { meanPauseMs: 2_000, valence: 0.3 }),
    figuresOf(-1, { meanPauseMs: 9_000 }),
  ]
  const report = foldReport(log, 'en', { earlier })!
  t.match(report.comparison, {
    sessions: 3,
    since: new Date(START - 3 * DAY).toISOString(),
    valence: { now: 0.6, usual: 0.2, change: 'higher' },
    meanPauseMs: { now: 800, usual: 500, change: 'higher' },
    speakingRatio: { change: 'similar' },
    speechRate: null,
  })
  t.match(report.keyObservations.join(' '), /pauses were longer/)
  t.same(foldReport(log, 'en', { earlier: [...earlier].reverse() })!, report)
})

t.test('without earlier sessions nothing is compared, and with one no figure is', async (t) => {
  const now = foldFigures(log)!
  t.equal(compareFigures(now, []), null)
  t.equal(compareFigures(now, [now]), null, 'a session is not earlier than itself')
  t.match(compareFigures(now, [figuresOf(1)]), { sessions: 1, valence: null, meanPauseMs: null })
  t.notMatch(foldReport(log, 'en')!.keyObservations.join(' '), /earlier sessions/)
})

t.test('only the latest ten count', async (t) => {
  const earlier = Array.from({ length: 30 }, (_, i) =>
    figuresOf(i + 1, { valence: i < 10 ? 0 : 1 }),
  )
  t.match(compareFigures(foldFigures(log)!, earlier), { sessions: 10, valence: { usual: 0 } })
})

t.test('a narrative that was given is told, and by whom', async (t) => {
  const given = foldReport(log, 'en', {
    narrative: { text: ' A calm half hour. ' },
    degraded: ['b', 'a', 'b'],
  })!
  t.same(given.narrative, { source: 'gemini', text: 'A calm half hour.' })
  t.equal(given.source, 'gemini')
  t.same(given.degraded, ['a', 'b'])
  t.equal(foldReport(log, 'en', { narrative: { text: ' ' } })!.narrative.source, 'local')
  for (const language of ['en', 'ko'] as const) {
    const { text } = foldReport(log, language)!.narrative
    const sentences = text.split(/(?<=[.!?])\s+/).length
    t.ok(sentences >= 3 && sentences <= 6, text)
  }
})
