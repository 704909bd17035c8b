import { EMOTIONS, type Emotion } from '@bemore/protocol'
import { type DayReader, mondayOf, shiftDay } from './local-day.js'

/** A session as it is counted. Times are Unix ms. */
export interface CountedSession {
  readonly startedAt: number
  /** null while it runs. */
  readonly endedAt: number | null
  /** Dominant; `unknown` where nothing could be read, null where its log has not been read. */
  readonly emotion: Emotion | 'unknown' | null
}

interface Sum {
  readonly sessions: number
  readonly durationMs: number
}

/** A session belongs to the day and the week it started in; a week begins on Monday. */
export interface SessionTotals {
  readonly sessions: number
  readonly totalDurationMs: number
  readonly meanDurationMs: number | null
  readonly thisWeek: Sum
  readonly lastWeek: Sum
  /** In how many sessions each led; those that led in none are left out. */
  readonly byEmotion: Readonly<Partial<Record<Emotion, number>>>
  /** Days in a row with a session, up to today, or to yesterday where today has none yet. */
  readonly streakDays: number
}

/** @param now Unix ms */
export function totalSessions(
  sessions: readonly CountedSession[],
  now: number,
  { dayOf }: DayReader,
): SessionTotals {
  const durationOf = ({ startedAt, endedAt }: CountedSession) =>
    Math.max(0, (endedAt ?? now) - startedAt)
  const days = sessions.map(({ startedAt }) => dayOf(startedAt))
  const today = dayOf(now)
  const thisMonday = mondayOf(today)
  const sumWeek = (monday: string): Sum => {
    const next = shiftDay(monday, 7)
    // Days are written so that their order is that of their names.
    const within = sessions.filter((_, i) => {
      const day = days[i] as string
      return day >= monday && day < next
    })
    return { sessions: within.length, durationMs: sum(within.map(durationOf)) }
  }
  const totalDurationMs = sum(sessions.map(durationOf))
  return {
    sessions: sessions.length,
    totalDurationMs,
    meanDurationMs: sessions.length === 0 ? null : Math.round(totalDurationMs / sessions.length),
    thisWeek: sumWeek(thisMonday),
    lastWeek: sumWeek(shiftDay(thisMonday, -7)),
    byEmotion: countEmotions(sessions),
    streakDays: countStreak(new Set(days), today),
  }
}

function countEmotions(sessions: readonly CountedSession[]): Partial<Record<Emotion, number>> {
  const counts = EMOTIONS.map((label) => sessions.filter(({ emotion }) => emotion === label).length)
  return Object.fromEntries(
    EMOTIONS.flatMap((label, i) => (counts[i] === 0 ? [] : [[label, counts[i]]])),
  )
}

function countStreak(days: ReadonlySet<string>, today: string): number {
  let day = days.has(today) ? today : shiftDay(today, -1)
  let streak = 0
  while (days.has(day)) {
    streak += 1
    day = shiftDay(day, -1)
  }
  return streak
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
