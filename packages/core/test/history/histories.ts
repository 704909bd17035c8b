import { createDayReader, type PastSession, type SessionFigures } from '../../src/index.js'

/** Noon in Seoul, on a Wednesday. */
export const NOW = Date.parse('2026-01-14T12:00:00+09:00')
export const DAY = 86_400_000
export const SEOUL = createDayReader('Asia/Seoul')

/** A session of ten minutes that ended so many days ago. */
export function past(daysAgo: number, change: Partial<SessionFigures> = {}): PastSession {
  const startedAt = NOW - daysAgo * DAY - 600_000
  const figures: SessionFigures = {
    ...{ startedAt, activeDurationMs: 600_000, valence: 0.2, arousal: 0, speakingRatio: 0.5 },
    ...{ speechRate: 3, meanPauseMs: 800, affect: { valence: 0.2, arousal: 0, dominance: 0.1 } },
    ...{ affectMs: 600_000, emotion: 'happy', distortions: {}, risks: 0, isPainful: false },
    ...change,
  }
  return { startedAt, endedAt: startedAt + 600_000, figures }
}
