import { createEvent, hotlineCard, type SessionReport } from '@bemore/core'
import t from 'tap'
import { Check } from 'typebox/value'
import { type Dashboard, DashboardSchema } from '../src/history/dashboard.js'
import { putSession } from './owned-sessions.js'
import { createRig, dataOf, errorOf, type Rig } from './rig.js'

/** Half a minute before midnight in Seoul, where it is a Wednesday; ten in the morning in New York. */
const EVENING = Date.parse('2026-11-25T23:59:30+09:00')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const UNKNOWN = { valence: null, arousal: null, dominance: null }
const sad = { valence: -0.4, arousal: -0.1, dominance: -0.2 }

t.test('the dashboard', async (t) => {
  let at = EVENING
  const rig = await createRig(t, { now: () => at })
  t.afterEach(() => {
    at = EVENING
  })
  const look = async (headers: Record<string, string>, query = '') => {
    const data = dataOf<Dashboard>(await rig.get(`/api/dashboard/summary${query}`, headers))
    t.ok(Check(DashboardSchema, data))
    return data
  }
  const reportOf = async (id: string, headers: Record<string, string>) =>
    dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`, headers))

  t.test('has nothing in it for who is not signed in', async (t) => {
    const { userId } = await rig.signUp()
    await putSession(rig, userId, { at: EVENING - HOUR })
    const reply = await rig.get('/api/dashboard/summary')
    t.equal(reply.statusCode, 200)
    t.equal(reply.headers['cache-control'], 'no-store')
    t.strictSame(dataOf<Dashboard>(reply), {
      ...{ day: '2026-11-25', timeZone: 'Asia/Seoul', complete: true },
      ...{ todayAvg: UNKNOWN, yesterdayAvg: UNKNOWN, trend: { dayOverDay: UNKNOWN } },
      ...{ recommendations: [], recentSessions: [] },
    })
  })

  t.test('takes no bad token for nobody', async (t) => {
    for (const path of ['/api/dashboard/summary', '/api/session/stats/summary']) {
      t.equal((await rig.get(path, { authorization: 'Bearer gone' })).statusCode, 401)
    }
  })

  t.test('invites who has no session yet to the first', async (t) => {
    const { headers } = await rig.signUp()
    const reply = await rig.get('/api/dashboard/summary', headers)
    t.equal(reply.headers['cache-control'], 'no-store')
    const { recommendations, todayAvg, recentSessions } = dataOf<Dashboard>(reply)
    t.match(recommendations, [{ id: 'first-session' }])
    t.same([todayAvg, recentSessions], [UNKNOWN, []])
  })

  t.test('shows the numbers of the reports, of the caller alone', async (t) => {
    const [anna, ben] = [await rig.signUp(), await rig.signUp()]
    const hers = await putSession(rig, anna.userId, {
      at: EVENING - HOUR,
      windows: [{}, {}, { ...sad, quality: 0.3 }],
    })
    const his = await putSession(rig, ben.userId, { at: EVENING - HOUR, windows: [sad, sad] })
    for (const [caller, id] of [
      [anna, hers],
      [ben, his],
    ] as const) {
      const report = await reportOf(id, caller.headers)
      const seen = await look(caller.headers)
      t.same(seen.todayAvg, report.vadVector)
      t.strictSame(seen.recentSessions, [
        {
          ...{ reportId: id, sessionId: id, status: 'ended' },
          ...{ createdAt: report.startedAt, endedAt: report.endedAt },
          ...{ durationMs: report.durationMs, emotion: report.emotion.dominant },
          affect: report.vadVector,
        },
      ])
    }
  })

  t.test('weighs the sessions of a day by the time they cover', async (t) => {
    const { userId, headers } = await rig.signUp()
    const long = await putSession(rig, userId, { at: EVENING - HOUR, windows: [{}, {}, {}] })
    const short = await putSession(rig, userId, { at: EVENING - 2 * HOUR, windows: [sad] })
    const [a, b] = [await reportOf(long, headers), await reportOf(short, headers)]
    const expected = (3 * a.vadVector!.valence + b.vadVector!.valence) / 4
    t.equal((await look(headers)).todayAvg.valence, Number(expected.toFixed(3)))
  })

  t.test('holds today against yesterday, and says nothing where one is missing', async (t) => {
    const { userId, headers } = await rig.signUp()
    await putSession(rig, userId, { at: EVENING - 2 * DAY })
    await putSession(rig, userId, { at: EVENING - HOUR })
    t.same((await look(headers)).trend.dayOverDay, UNKNOWN, 'the day before yesterday is no trend')
    await putSession(rig, userId, { at: EVENING - DAY, windows: [sad] })
    const { todayAvg, yesterdayAvg, trend } = await look(headers)
    t.ok((yesterdayAvg.valence ?? 0) < 0)
    const change = (todayAvg.valence ?? 0) - (yesterdayAvg.valence ?? 0)
    t.equal(trend.dayOverDay.valence, Number(change.toFixed(3)))
    t.ok(change > 0)
  })

  t.test('begins its day where the caller is', async (t) => {
    const { userId, headers } = await rig.signUp()
    await putSession(rig, userId, { at: EVENING - 60_000 })
    const before = await look(headers)
    t.not(before.todayAvg.valence, null)
    const inNewYork = await look(headers, '?tz=America/New_York')
    t.match(inNewYork, { day: '2026-11-25', timeZone: 'America/New_York' })
    at = EVENING + 60_000
    const after = await look(headers)
    t.match(after, { day: '2026-11-26', todayAvg: UNKNOWN, yesterdayAvg: before.todayAvg })
    t.same(after.trend.dayOverDay, UNKNOWN)
    t.match(await look(headers, '?tz=America/New_York'), {
      ...{ day: '2026-11-25', todayAvg: before.todayAvg, yesterdayAvg: UNKNOWN },
    })
  })

  t.test('refuses what is no time zone or language', async (t) => {
    const { headers } = await rig.signUp()
    for (const query of ['tz=Mars/Olympus', 'tz=%2B09:00', 'tz=', 'language=fr']) {
      for (const caller of [headers, {}]) {
        const reply = await rig.get(`/api/dashboard/summary?${query}`, caller)
        t.equal(reply.statusCode, 400, query)
        t.equal(errorOf(reply).details?.[0]?.field, `querystring/${query.split('=')[0]}`)
      }
    }
  })

  t.test('reads a few sessions at a time, the latest first, and each once', async (t) => {
    const { userId, headers } = await rig.signUp()
    for (let n = 0; n < 10; n += 1) await putSession(rig, userId, { at: EVENING - (n + 1) * HOUR })
    const reads = countReads(rig)
    const first = await look(headers)
    t.equal(first.complete, false)
    t.same(
      first.recentSessions.map(({ affect }) => affect !== null),
      [...Array(8).fill(true), false, false],
    )
    t.same(first.recommendations, [], 'not before all of it is known')
    t.equal(reads(), 8)
    t.equal((await look(headers)).complete, true)
    t.equal(reads(), 10)
    await look(headers)
    t.equal(reads(), 10, 'what is kept is not read again')
  })

  t.test('counts a running session as far as it is', async (t) => {
    const { userId, headers } = await rig.signUp()
    const id = await putSession(rig, userId, { at: EVENING - 30_000, isRunning: true })
    const seen = await look(headers)
    t.not(seen.todayAvg.valence, null)
    t.match(seen.recentSessions, [{ sessionId: id, status: 'active', endedAt: null }])
    t.equal(seen.recentSessions[0]?.durationMs, 30_000)
    t.match(await rig.store.history.list({ ownerId: userId, limit: 1 }), [{ figures: null }])
  })

  t.test('forgets at once what is withdrawn or deleted', async (t) => {
    const { userId, headers } = await rig.signUp()
    const id = await putSession(rig, userId, { at: EVENING - HOUR })
    t.not((await look(headers)).todayAvg.valence, null)
    const said = await rig.app.inject({
      ...{ method: 'PUT', url: `/api/session/${id}/consent`, headers },
      payload: { face: false },
    })
    t.equal(said.statusCode, 200)
    const withdrawn = await look(headers)
    t.same(withdrawn.todayAvg, UNKNOWN)
    t.match(withdrawn.recentSessions, [{ emotion: 'unknown', affect: null }])
    await rig.app.inject({ method: 'DELETE', url: `/api/session/${id}`, headers })
    t.same((await look(headers)).recentSessions, [])
  })

  t.test('writes in the language asked for, preferred, or read', async (t) => {
    const { headers } = await rig.signUp()
    const titleOf = async (query: string, more: Record<string, string>) =>
      (await look({ ...headers, ...more }, query)).recommendations[0]?.title
    const korean = { 'accept-language': 'ko-KR,ko;q=0.9' }
    t.match(await titleOf('', {}), /first session/)
    t.match(await titleOf('', korean), /첫 세션/)
    await rig.app.inject({
      ...{ method: 'PUT', url: '/api/user/preferences', headers },
      payload: { preferences: { language: 'en' } },
    })
    t.match(await titleOf('', korean), /first session/)
    t.match(await titleOf('?language=ko', korean), /첫 세션/)
  })

  t.test('says who can be called, and nothing else, where a life may be at risk', async (t) => {
    const { userId, headers } = await rig.signUp()
    const time = EVENING - 3 * DAY
    const flag = createEvent('risk.flagged', time + 5_000, {
      ...{ riskId: 'risk_1', tier: 'wish', subject: 'self', utteranceId: null },
    })
    await putSession(rig, userId, { at: time, events: [flag] })
    await putSession(rig, userId, { at: EVENING - HOUR, windows: [sad] })
    const { recommendations } = await look(headers, '?language=ko')
    t.equal(recommendations.length, 1)
    t.ok(recommendations[0]?.desc.startsWith(hotlineCard('ko').message))
  })
})

function countReads({ store }: Rig): () => number {
  const { read } = store.log
  let count = 0
  store.log.read = (id, since, limit) => {
    if (since === 0) count += 1
    return read(id, since, limit)
  }
  return () => count
}
