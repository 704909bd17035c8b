import t from 'tap'
import {
  averageAffectOf,
  FIGURES_VERSION,
  foldFigures,
  foldReport,
  subtractAffect,
} from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  flagged,
  heard,
  labeling,
  logOf,
  said,
  seen,
  started,
  voiceWindow,
} from '../report/session-logs.js'
import { past } from './histories.js'

const figuresOf = (valence: number, affectMs: number) =>
  past(0, { affect: { valence, arousal: 0, dominance: valence / 2 }, affectMs }).figures!

t.test('the figures of a session are the numbers of its report', async (t) => {
  const log = logOf(
    started,
    seen(faceWindow(0, 'happy')),
    seen(faceWindow(1, 'sad')),
    seen(faceWindow(2, 'sad')),
    said('utt_1', 5_000, { distortions: [labeling('low', 'x')] }),
    said('utt_2', 6_000, { distortions: [labeling('low', 'y')] }),
    flagged('risk_1', 25_000, null),
    endedAt(30_000),
  )
  const report = foldReport(log, null)!
  t.match(foldFigures(log), {
    affect: report.vadVector,
    affectMs: 30_000,
    emotion: report.emotion.dominant,
    distortions: { labeling: 2 },
    risks: 1,
    isPainful: false,
  })
  const short = logOf(started, seen(faceWindow(0, 'happy')), endedAt(10_000))
  t.match(foldFigures(short), { valence: null, affect: foldReport(short, null)!.vadVector })
})

t.test('figures that are folded otherwise have another version', async (t) => {
  const log = logOf(
    started,
    ...[0, 1, 2, 3].flatMap((i) => [seen(faceWindow(i, 'sad')), heard(voiceWindow(i))]),
    said('utt_1', 5_000, { distortions: [labeling('low', 'x')] }),
    endedAt(40_000),
  )
  // Whoever has to change these numbers raises the version, or those that are kept stay the old ones.
  t.equal(FIGURES_VERSION, 1)
  t.same(foldFigures(log), {
    ...{ startedAt: 1_800_000_000_000, activeDurationMs: 40_000, valence: -0.573, arousal: 0.12 },
    ...{ speakingRatio: 0.5, speechRate: null, meanPauseMs: 800 },
    affect: { valence: -0.573, arousal: 0.12, dominance: -0.17 },
    ...{ affectMs: 40_000, emotion: 'sad', distortions: { labeling: 1 }, risks: 0 },
    isPainful: false,
  })
})

t.test('that somebody was hurt is remembered, and what was said is not', async (t) => {
  const figures = foldFigures(
    logOf(started, said('utt_1', 1_000, { text: 'he hit me, at the funeral' }), endedAt(2_000)),
  )
  t.equal(figures?.isPainful, true)
  t.notMatch(JSON.stringify(figures), /funeral|utt_1/)
})

t.test('a mean weighs sessions by the time in which affect was known', async (t) => {
  t.same(averageAffectOf([figuresOf(0.124, 5)]), { valence: 0.124, arousal: 0, dominance: 0.062 })
  t.same(averageAffectOf([figuresOf(0.8, 30_000), figuresOf(-0.2, 90_000)]), {
    ...{ valence: 0.05, arousal: 0, dominance: 0.025 },
  })
  const unknown = { valence: null, arousal: null, dominance: null }
  t.same(averageAffectOf([]), unknown, 'of nothing is not neutral')
  t.same(averageAffectOf([past(0, { affect: null, affectMs: 0 }).figures!]), unknown)
  t.same(averageAffectOf([figuresOf(0.5, 0)]).valence, 0.5)
})

t.test('a change is known where both ends are', async (t) => {
  const today = { valence: 0.3, arousal: -0.1, dominance: null }
  const yesterday = { valence: 0.1, arousal: null, dominance: 0.2 }
  t.same(subtractAffect(today, yesterday), { valence: 0.2, arousal: null, dominance: null })
})
