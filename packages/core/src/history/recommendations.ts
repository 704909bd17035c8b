import type { Language } from '@bemore/protocol'
import { compareFigures, type SessionFigures } from '../report/session-figures.js'
import { chooseWording } from '../report/wording/choose-wording.js'
import { sayCard } from '../report/wording/observations.js'
import { DISTORTIONS, type DistortionType } from '../session/text-events.js'
import { CBT_BANKS } from '../text/cbt/cbt-banks.js'
import { hotlineCard } from '../text/risk/hotline-card.js'
import { averageAffectOf } from './average-affect.js'
import { type DayReader, shiftDay } from './local-day.js'
import type { PastSession } from './past-session.js'
import { RECOMMENDATION_WORDING } from './recommendation-wording.js'

/**
 * What a person may be offered after their own sessions, never after anybody else's. A life at risk
 * comes before everything and stands alone, and what hurts is no occasion for an exercise: both hold
 * for two weeks, and while sessions of that time are unread nothing is said at all.
 */
export interface Recommendation {
  /** What it is about; each at most once. */
  readonly id: string
  readonly title: string
  readonly desc: string
}

type Kept = PastSession & { readonly figures: SessionFigures }

const DAY_MS = 86_400_000
const CARE_DAYS = 14
const GAP_DAYS = 14
/** Found in this many sessions of the last two weeks, a way of thinking is one that comes back. */
const SESSIONS_OF_PATTERN = 2
/** A session older than this is no news, days. */
const NEWS_DAYS = 7
const LIVELY_DAYS = 3
/** As a report says it of one session. */
const LIVELY = 0.2
const MOST = 3

/**
 * @param sessions the latest ones, newest first
 * @param now Unix ms
 */
export function recommend(
  sessions: readonly PastSession[],
  now: number,
  days: DayReader,
  language: Language,
): Recommendation[] {
  const words = RECOMMENDATION_WORDING[language]
  const [newest] = sessions
  if (newest === undefined) return [{ id: 'first-session', ...words.first }]
  const recent = sessions.filter(({ startedAt }) => startedAt > now - CARE_DAYS * DAY_MS)
  const read = recent.filter(isRead)
  if (read.some(({ figures }) => figures.risks > 0)) {
    const card = sayCard(hotlineCard(language), chooseWording(language))
    return [{ id: 'support', title: words.supportTitle, desc: card.join(' ') }]
  }
  if (read.length < recent.length) return []
  if (read.some(({ figures }) => figures.isPainful)) return [{ id: 'person', ...words.person }]
  const quietDays = Math.floor((now - newest.startedAt) / DAY_MS)
  if (quietDays >= GAP_DAYS) return [{ id: 'gap', ...words.gap(quietDays) }]
  return [
    ...sayTrend(sessions.filter(isRead), now, language),
    ...sayLively(read, now, days, language),
    ...sayExercise(read, language),
  ].slice(0, MOST)
}

function isRead(session: PastSession): session is Kept {
  return session.figures !== null
}

/** The latest session that says anything, beside those before it; a running one is not over yet. */
function sayTrend(sessions: readonly Kept[], now: number, language: Language): Recommendation[] {
  const words = RECOMMENDATION_WORDING[language]
  const [latest, ...earlier] = sessions
    .filter(({ endedAt }) => endedAt !== null)
    .map(({ figures }) => figures)
    .filter(({ valence, speakingRatio }) => valence !== null || speakingRatio !== null)
  if (latest === undefined || latest.startedAt < now - NEWS_DAYS * DAY_MS) return []
  const comparison = compareFigures(latest, earlier)
  return [
    ...(comparison?.valence?.change === 'lower' ? [{ id: 'heavier', ...words.heavier }] : []),
    ...(comparison?.speakingRatio?.change === 'lower' ? [{ id: 'quieter', ...words.quieter }] : []),
  ]
}

function sayLively(
  sessions: readonly Kept[],
  now: number,
  { dayOf }: DayReader,
  language: Language,
): Recommendation[] {
  const today = dayOf(now)
  const dated = sessions.map(({ startedAt, figures }) => ({ day: dayOf(startedAt), figures }))
  const lively = Array.from({ length: NEWS_DAYS }, (_, back) => shiftDay(today, -back)).filter(
    (day) => {
      const ofDay = dated.filter((each) => each.day === day).map(({ figures }) => figures)
      return (averageAffectOf(ofDay).arousal ?? 0) > LIVELY
    },
  )
  if (lively.length < LIVELY_DAYS) return []
  return [{ id: 'lively', ...RECOMMENDATION_WORDING[language].lively(lively.length) }]
}

function sayExercise(sessions: readonly Kept[], language: Language): Recommendation[] {
  const countOf = (type: DistortionType) =>
    sessions.filter(({ figures }) => (figures.distortions[type] ?? 0) > 0).length
  const found = DISTORTIONS.map((type) => ({ type, count: countOf(type) })).sort(
    (a, b) => b.count - a.count,
  )[0]
  if (found === undefined || found.count < SESSIONS_OF_PATTERN) return []
  const { name, tasks } = CBT_BANKS[found.type]
  const easy = tasks.find(({ difficulty }) => difficulty === 'easy')
  if (easy === undefined) return []
  const { title, description, duration } = easy
  const desc = RECOMMENDATION_WORDING[language].exercise(
    ...([name[language], found.count, duration[language], description[language]] as const),
  )
  return [{ id: `exercise-${found.type}`, title: title[language], desc }]
}
