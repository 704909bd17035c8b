import { type DayReader, type SessionFigures, totalSessions } from '@bemore/core'
import { EmotionOrUnknownSchema, SessionStatusSchema } from '@bemore/protocol'
import type { SessionOutline } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { IsoTime, iso, isoOrNull } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'

const Count = Type.Integer({ minimum: 0 })
const Milliseconds = Type.Integer({ minimum: 0, description: 'ms, pauses included' })
const Week = (description: string) =>
  Type.Object({ sessions: Count, durationMs: Milliseconds }, { description })

/** Sessions that are counted, and those of them that are listed. */
export const MOST_COUNTED = 1_000
const SHOWN = 20

const EXAMPLE = {
  recentSessions: [
    {
      ...{ id: 'sess_3vYkq0J8Zt5cWm1xPbN7Lg', status: 'ended', emotion: 'happy' },
      ...{ startedAt: '2026-01-05T09:30:00.000Z', endedAt: '2026-01-05T10:00:00.000Z' },
      durationMs: 1_800_000,
    },
  ],
  ...{ sessions: 1, totalDurationMs: 1_800_000, meanDurationMs: 1_800_000, streakDays: 1 },
  thisWeek: { sessions: 1, durationMs: 1_800_000 },
  lastWeek: { sessions: 0, durationMs: 0 },
  ...{ byEmotion: { happy: 1 }, countedAll: true, complete: true },
}

export const SessionStatsSchema = Type.Object(
  {
    recentSessions: Type.Array(
      Type.Object({
        id: Type.String(),
        startedAt: IsoTime,
        endedAt: OrNull(IsoTime),
        durationMs: Type.Integer({
          minimum: 0,
          description: 'Start to end, or to now; pauses included',
        }),
        status: SessionStatusSchema,
        emotion: OrNull(EmotionOrUnknownSchema),
      }),
      { description: 'The latest twenty, newest first; all of them: GET /api/session' },
    ),
    sessions: Count,
    totalDurationMs: Milliseconds,
    meanDurationMs: OrNull(Milliseconds),
    thisWeek: Week('Sessions that started since Monday, where the caller is'),
    lastWeek: Week('Those of the week before'),
    byEmotion: Type.Record(Type.String(), Count, {
      description:
        'In how many sessions each emotion led; sessions that could not be read are in none',
    }),
    streakDays: Type.Integer({
      minimum: 0,
      description: 'Days in a row with a session, up to today, or yesterday while today has none',
    }),
    countedAll: Type.Boolean({
      description:
        'False: there are more sessions than the latest thousand, which alone are counted',
    }),
    complete: Type.Boolean({
      description:
        'False: the emotions of some sessions that have ended have not been read yet; ask again. At most eight are read for a reply, running ones, each time anew, after those that have ended',
    }),
  },
  { examples: [EXAMPLE] },
)
export type SessionStats = Static<typeof SessionStatsSchema>

export interface StatsOptions {
  readonly now: number
  readonly days: DayReader
  /** Figures that were folded for this. */
  readonly found: ReadonlyMap<string, SessionFigures>
  readonly complete: boolean
}

/** @param outlines the latest, newest first: one more than are counted, where there are more */
export function viewSessionStats(
  outlines: readonly SessionOutline[],
  { now, days, found, complete }: StatsOptions,
): SessionStats {
  const sessions = outlines.slice(0, MOST_COUNTED).map((outline) => ({
    ...outline,
    emotion: outline.emotion ?? found.get(outline.id)?.emotion ?? null,
  }))
  const { byEmotion, thisWeek, lastWeek, ...totals } = totalSessions(sessions, now, days)
  return {
    ...totals,
    ...{ byEmotion: { ...byEmotion }, thisWeek: { ...thisWeek }, lastWeek: { ...lastWeek } },
    ...{ complete, countedAll: outlines.length <= MOST_COUNTED },
    recentSessions: sessions.slice(0, SHOWN).map(({ id, status, startedAt, endedAt, emotion }) => ({
      ...{ id, status, emotion },
      startedAt: iso(startedAt),
      endedAt: isoOrNull(endedAt),
      durationMs: Math.max(0, (endedAt ?? now) - startedAt),
    })),
  }
}
