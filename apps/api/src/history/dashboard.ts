import {
  averageAffectOf,
  type DayReader,
  recommend,
  type SessionFigures,
  shiftDay,
  subtractAffect,
} from '@bemore/core'
import { EmotionOrUnknownSchema, type Language, SessionStatusSchema } from '@bemore/protocol'
import type { OwnedSession } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { IsoTime, iso, isoOrNull } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'

const Figure = (range: number) => OrNull(Type.Number({ minimum: -range, maximum: range }))

const affect = (range: number, description: string) =>
  Type.Object(
    { valence: Figure(range), arousal: Figure(range), dominance: Figure(range) },
    { description },
  )

const RecentSessionSchema = Type.Object({
  reportId: Type.String({ description: 'The same as `sessionId`: each session has one report' }),
  sessionId: Type.String(),
  createdAt: Type.String({ description: 'When the session started; ISO 8601, UTC' }),
  endedAt: OrNull(IsoTime),
  status: SessionStatusSchema,
  durationMs: Type.Integer({ minimum: 0, description: 'Start to end, or to now; pauses included' }),
  emotion: OrNull(EmotionOrUnknownSchema),
  affect: OrNull(affect(1, 'As `vadVector` of the report')),
})

const EXAMPLE_ID = 'sess_3vYkq0J8Zt5cWm1xPbN7Lg'
const EXAMPLE = {
  ...{ day: '2026-01-05', timeZone: 'Asia/Seoul', complete: true },
  todayAvg: { valence: 0.21, arousal: 0.08, dominance: 0.1 },
  yesterdayAvg: { valence: 0.12, arousal: 0.02, dominance: 0.1 },
  trend: { dayOverDay: { valence: 0.09, arousal: 0.06, dominance: 0 } },
  recommendations: [
    { id: 'gap', title: 'It has been a while', desc: 'Your last session was 20 days ago.' },
  ],
  recentSessions: [
    {
      ...{ reportId: EXAMPLE_ID, sessionId: EXAMPLE_ID, status: 'ended', durationMs: 1_800_000 },
      ...{ createdAt: '2026-01-05T09:30:00.000Z', endedAt: '2026-01-05T10:00:00.000Z' },
      ...{ emotion: 'happy', affect: { valence: 0.21, arousal: 0.08, dominance: 0.1 } },
    },
  ],
}

/** Shown to who is signed in, and made of that person's own sessions alone; else there is nothing in it. */
export const DashboardSchema = Type.Object(
  {
    day: Type.String({ description: 'Today, in `timeZone`', examples: ['2026-01-05'] }),
    timeZone: Type.String({ examples: ['Asia/Seoul'] }),
    todayAvg: affect(
      1,
      'Mean over the sessions that started today, running ones as far as they are, weighted by the time in which affect was known',
    ),
    yesterdayAvg: affect(1, 'The same of yesterday'),
    trend: Type.Object({
      dayOverDay: affect(2, 'Today minus yesterday; null unless both are known'),
    }),
    recommendations: Type.Array(
      Type.Object({ id: Type.String(), title: Type.String(), desc: Type.String() }),
      {
        description:
          'From the person’s own sessions, in the language asked for (`language`, else the preference, else Accept-Language). Where a life may have been at risk in the last two weeks: only who can be called',
      },
    ),
    recentSessions: Type.Array(RecentSessionSchema, {
      description: 'The latest ten, newest first',
    }),
    complete: Type.Boolean({
      description:
        'False: some sessions that have ended have not been read yet; ask again. At most eight are read for a reply, running ones, each time anew, after those that have ended. Of the latest hundred sessions those of the last two weeks, and twenty in any case, are looked at',
    }),
  },
  { examples: [EXAMPLE] },
)
export type Dashboard = Static<typeof DashboardSchema>

/** Of an owner's sessions so many are looked at, and so many of those shown. */
export const MOST_SESSIONS = 100
const SHOWN = 10
/** Ten are shown, and the latest is compared with ten. */
const ALWAYS = 20
const LOOK_BACK_MS = 14 * 86_400_000

/** Those of the latest that say anything about now. */
export function selectForDashboard(latest: readonly OwnedSession[], now: number): OwnedSession[] {
  return latest.filter(({ startedAt }, i) => i < ALWAYS || startedAt > now - LOOK_BACK_MS)
}

export interface DashboardOptions {
  readonly now: number
  readonly timeZone: string
  readonly days: DayReader
  readonly language: Language
  readonly complete: boolean
}

/** @param sessions newest first */
export function viewDashboard(
  sessions: readonly OwnedSession[],
  { now, timeZone, days, language, complete }: DashboardOptions,
): Dashboard {
  const day = days.dayOf(now)
  const dated = sessions.map(({ startedAt, figures }) => ({ day: days.dayOf(startedAt), figures }))
  const todayAvg = averageOfDay(dated, day)
  const yesterdayAvg = averageOfDay(dated, shiftDay(day, -1))
  return {
    ...{ day, timeZone, todayAvg, yesterdayAvg, complete },
    trend: { dayOverDay: subtractAffect(todayAvg, yesterdayAvg) },
    recommendations: recommend(sessions, now, days, language),
    recentSessions: sessions.slice(0, SHOWN).map((session) => viewRecent(session, now)),
  }
}

/** What there is to see for who is not signed in: a device may be anybody's. */
export function viewNobodysDashboard(day: string, timeZone: string): Dashboard {
  const unknown = averageAffectOf([])
  return {
    ...{ day, timeZone, todayAvg: unknown, yesterdayAvg: unknown, complete: true },
    trend: { dayOverDay: unknown },
    ...{ recommendations: [], recentSessions: [] },
  }
}

interface DatedFigures {
  readonly day: string
  readonly figures: SessionFigures | null
}

function averageOfDay(dated: readonly DatedFigures[], day: string) {
  const read = dated.flatMap((each): SessionFigures[] =>
    each.figures !== null && each.day === day ? [each.figures] : [],
  )
  return averageAffectOf(read)
}

function viewRecent(session: OwnedSession, now: number): Static<typeof RecentSessionSchema> {
  const { id, status, startedAt, endedAt, figures } = session
  return {
    ...{ reportId: id, sessionId: id, status },
    createdAt: iso(startedAt),
    endedAt: isoOrNull(endedAt),
    durationMs: Math.max(0, (endedAt ?? now) - startedAt),
    emotion: figures?.emotion ?? null,
    affect: figures?.affect ?? null,
  }
}
