import t from 'tap'
import { createDayReader, totalSessions } from '../../src/index.js'
import { DAY, NOW, SEOUL } from './histories.js'

const counted = (iso: string, minutes: number | null = 10, emotion: 'happy' | null = 'happy') => {
  const startedAt = Date.parse(iso)
  return { startedAt, endedAt: minutes === null ? null : startedAt + minutes * 60_000, emotion }
}

t.test('a day is that of the person’s time zone', async (t) => {
  const at = Date.parse('2026-01-13T15:00:00Z')
  t.equal(SEOUL.dayOf(at), '2026-01-14')
  t.equal(SEOUL.dayOf(at - 1), '2026-01-13')
  t.equal(createDayReader('America/New_York').dayOf(at), '2026-01-13')
  t.throws(() => createDayReader('Nowhere/At_All'), RangeError)
})

t.test('a day on which clocks are set is one day, however long', async (t) => {
  // Cairo, 2026-04-24: there is no 00:00, the day begins at 01:00; New York has 25 hours on 11-01.
  const cairo = createDayReader('Africa/Cairo')
  t.equal(cairo.dayOf(Date.parse('2026-04-23T21:59:59Z')), '2026-04-23')
  t.equal(cairo.dayOf(Date.parse('2026-04-23T22:00:00Z')), '2026-04-24')
  const newYork = createDayReader('America/New_York')
  t.equal(newYork.dayOf(Date.parse('2026-11-01T04:00:00Z')), '2026-11-01')
  t.equal(newYork.dayOf(Date.parse('2026-11-02T04:59:59Z')), '2026-11-01')
})

t.test('sessions add up by week, which begins on Monday', async (t) => {
  const totals = totalSessions(
    [
      counted('2026-01-14T11:50:00+09:00', null),
      counted('2026-01-12T00:00:00+09:00', 30),
      counted('2026-01-11T23:59:00+09:00', 20, null),
      counted('2026-01-05T00:00:00+09:00'),
      counted('2026-01-04T23:59:00+09:00'),
    ],
    NOW,
    SEOUL,
  )
  t.same(totals, {
    sessions: 5,
    totalDurationMs: 80 * 60_000,
    meanDurationMs: 16 * 60_000,
    thisWeek: { sessions: 2, durationMs: 40 * 60_000 },
    lastWeek: { sessions: 2, durationMs: 30 * 60_000 },
    byEmotion: { happy: 4 },
    streakDays: 1,
  })
})

t.test('a streak lasts until a whole day has gone by without a session', async (t) => {
  const streakOf = (...daysAgo: number[]) =>
    totalSessions(
      daysAgo.map((days) => counted(new Date(NOW - days * DAY).toISOString())),
      NOW,
      SEOUL,
    ).streakDays
  t.equal(streakOf(), 0)
  t.equal(streakOf(0, 1, 2, 4), 3)
  t.equal(streakOf(1, 2), 2, 'today may still come')
  t.equal(streakOf(2, 3), 0)
})

t.test('of no sessions there is no mean', async (t) => {
  t.match(totalSessions([], NOW, SEOUL), { sessions: 0, meanDurationMs: null, byEmotion: {} })
})
