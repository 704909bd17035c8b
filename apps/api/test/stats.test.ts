import type { SessionReport } from '@bemore/core'
import t from 'tap'
import { Check } from 'typebox/value'
import { type SessionStats, SessionStatsSchema } from '../src/history/session-stats.js'
import { putSession } from './owned-sessions.js'
import { createRig, dataOf, errorOf } from './rig.js'

/** A Wednesday. */
const NOON = Date.parse('2026-11-25T12:00:00+09:00')
const DAY = 86_400_000
const PATH = '/api/session/stats/summary'

t.test('the statistics of sessions', async (t) => {
  const rig = await createRig(t, { now: () => NOON })
  const look = async (headers: Record<string, string>, query = '') => {
    const data = dataOf<SessionStats>(await rig.get(`${PATH}${query}`, headers))
    t.ok(Check(SessionStatsSchema, data))
    return data
  }

  t.test('are all zero for who is not signed in, whatever there is', async (t) => {
    const { userId } = await rig.signUp()
    await putSession(rig, userId, { at: NOON - DAY })
    const deviceId = 'device_of_somebody'
    await rig.start({}, { 'x-device-id': deviceId })
    const reply = await rig.get(PATH, { 'x-device-id': deviceId })
    t.equal(reply.statusCode, 200, 'it is no session of the id “stats”')
    t.equal(reply.headers['cache-control'], 'no-store')
    t.strictSame(dataOf<SessionStats>(reply), {
      ...{ recentSessions: [], sessions: 0, totalDurationMs: 0, meanDurationMs: null },
      ...{ thisWeek: { sessions: 0, durationMs: 0 }, lastWeek: { sessions: 0, durationMs: 0 } },
      ...{ byEmotion: {}, streakDays: 0, countedAll: true, complete: true },
    })
  })

  t.test('are the caller’s own, with the numbers of the reports', async (t) => {
    const [anna, ben] = [await rig.signUp(), await rig.signUp()]
    const at = [NOON - 20_000, NOON - DAY, NOON - 7 * DAY]
    const ids: string[] = []
    for (const time of at) ids.push(await putSession(rig, anna.userId, { at: time }))
    await putSession(rig, ben.userId, { at: NOON - 3 * DAY })
    const stats = await look(anna.headers)
    const reports: SessionReport[] = []
    for (const id of ids) {
      reports.push(dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`, anna.headers)))
    }
    t.strictSame(
      stats.recentSessions,
      reports.map(({ sessionId, startedAt, endedAt, durationMs, emotion }) => ({
        ...{ id: sessionId, startedAt, endedAt, durationMs, emotion: emotion.dominant },
        status: 'ended',
      })),
    )
    t.match(stats, {
      ...{ sessions: 3, totalDurationMs: 30_000, meanDurationMs: 10_000, streakDays: 2 },
      thisWeek: { sessions: 2, durationMs: 20_000 },
      lastWeek: { sessions: 1, durationMs: 10_000 },
      byEmotion: { happy: 3 },
    })
    t.match(await look(ben.headers), { sessions: 1, streakDays: 0 })
  })

  t.test('hold what was started and ended with a token', async (t) => {
    const { headers } = await rig.signUp()
    const id = await rig.start({ userId: 'frontend_user_001' }, headers)
    t.match((await look(headers)).recentSessions, [{ id, status: 'active', endedAt: null }])
    await rig.post(`/api/session/${id}/end`, headers)
    const { recentSessions, byEmotion } = await look(headers)
    t.match(recentSessions, [{ id, status: 'ended', durationMs: 0, emotion: 'unknown' }])
    t.same(byEmotion, {}, 'nothing was read')
  })

  t.test('have the days of the caller’s time zone', async (t) => {
    const { userId, headers } = await rig.signUp()
    await putSession(rig, userId, { at: Date.parse('2026-11-23T01:00:00+09:00') })
    t.match(await look(headers), { thisWeek: { sessions: 1 }, lastWeek: { sessions: 0 } })
    t.match(await look(headers, '?tz=America/New_York'), {
      ...{ thisWeek: { sessions: 0 }, lastWeek: { sessions: 1 } },
    })
    const reply = await rig.get(`${PATH}?tz=Nowhere`, headers)
    t.match(errorOf(reply), { code: 'VALIDATION_FAILED', details: [{ field: 'querystring/tz' }] })
  })

  t.test('read the emotions of a few sessions at a time, and list twenty', async (t) => {
    const { userId, headers } = await rig.signUp()
    for (let n = 0; n < 22; n += 1) await putSession(rig, userId, { at: NOON - (n + 1) * 60_000 })
    const first = await look(headers)
    t.match(first, { sessions: 22, byEmotion: { happy: 8 }, complete: false })
    t.equal(first.recentSessions.length, 20)
    await look(headers)
    t.match(await look(headers), { byEmotion: { happy: 22 }, complete: true, countedAll: true })
  })
})
