import {
  type SessionReport,
  SessionReportSchema,
  type SessionSummary,
  SessionSummarySchema,
  type TimelineEntry,
} from '@bemore/core'
import t from 'tap'
import { Check } from 'typebox/value'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, errorOf, until } from './rig.js'

t.test('reports', async (t) => {
  const rig = await createRig(t)
  await rig.bus.ready(5_000)
  const realtime = await createFakeRealtime(t, rig)

  const endedSession = async (windows = 2) => {
    const id = await rig.start()
    for (let index = 0; index < windows; index += 1) {
      await realtime.appendWindow(id, makeWindow(index))
    }
    await rig.post(`/api/session/${id}/end`)
    return id
  }

  t.test('have the shapes that the web client survives', async (t) => {
    const id = await endedSession()
    const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
    t.ok(Check(SessionReportSchema, report))
    t.ok(Array.isArray(report.vadTimeline) && report.vadTimeline.length === 2)
    const summary = dataOf<SessionSummary>(await rig.get(`/api/session/${id}/summary`))
    t.ok(Check(SessionSummarySchema, summary))
    t.equal(summary.dominantEmotion.emotion, 'happy')
    t.strictSame(dataOf(await rig.get(`/api/session/${id}/report/summary`)), summary)
  })

  t.test('stand beside the same owner’s earlier sessions, and nobody else’s', async (t) => {
    const [anna, somebody] = [await rig.signUp(), await rig.signUp()]
    const owned = async ({ userId: ownerId, headers }: typeof anna, minutesAgo: number) => {
      const at = Date.now() - minutesAgo * 60_000
      const start = { ownerId, at, language: 'en', deviceWindowMs: 0 } as const
      const { session } = await rig.store.sessions.start(start)
      for (let index = 0; index < 6; index += 1) {
        await realtime.appendWindow(session.id, makeWindow(index))
      }
      await rig.post(`/api/session/${session.id}/end`, headers)
      return session.id
    }
    await owned(somebody, 50)
    await owned(anna, 40)
    await owned(anna, 30)
    const last = await owned(anna, 20)
    const reply = await rig.get(`/api/session/${last}/report`, anna.headers)
    const report = dataOf<SessionReport>(reply)
    t.equal(report.comparison?.sessions, 2)
    const anonymous = dataOf<SessionReport>(
      await rig.get(`/api/session/${await endedSession()}/report`),
    )
    t.equal(anonymous.comparison, null)
    t.match(reply.headers.etag, /^"\d+[A-Za-z0-9_-]{12}-/, 'its tag tells what it stands beside')
  })

  t.test('of a session without a face say so instead of "neutral"', async (t) => {
    const id = await endedSession(0)
    const summary = dataOf<SessionSummary>(await rig.get(`/api/session/${id}/summary`))
    t.ok(Check(SessionSummarySchema, summary))
    t.equal(summary.dominantEmotion.emotion, 'unknown')
    const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
    t.ok(Check(SessionReportSchema, report))
    t.strictSame(report.vadTimeline, [])
  })

  t.test('speak the language asked for, else the session’s own', async (t) => {
    const id = await rig.start({ language: 'ko' })
    await rig.post(`/api/session/${id}/end`)
    const notice = async (query: string, headers = {}) =>
      dataOf<SessionReport>(await rig.get(`/api/session/${id}/report${query}`, headers)).notice
    const english = await notice('?language=en')
    t.match(english, /not a diagnosis/)
    t.equal(await notice('', { 'accept-language': 'en-GB' }), english)
    t.match(await notice(''), /진단/)
    t.match(await notice('?language=ko', { 'accept-language': 'en' }), /진단/)
  })

  t.test('give the timeline and tables of it', async (t) => {
    const id = await endedSession()
    const data = dataOf<{ timeline: TimelineEntry[]; windowMs: number; interim: boolean }>(
      await rig.get(`/api/session/${id}/emotions/timeline`),
    )
    t.equal(data.timeline.length, 2)
    t.equal(data.windowMs, 10_000)
    t.equal(data.interim, false)
    const vad = await rig.get(`/api/session/${id}/report/csv`)
    t.match(vad.headers['content-type'], /^text\/csv/)
    t.equal(vad.headers['content-disposition'], `attachment; filename="vad-timeline-${id}.csv"`)
    t.equal(vad.body.split('\r\n').length, 4, 'a header line and two windows')
    const emotion = await rig.get(`/api/session/${id}/report/csv?kind=emotion`)
    t.match(emotion.body.split('\r\n')[1], /,happy,/)
    const voice = await rig.get(`/api/session/${id}/report/csv?kind=voice`)
    t.match(voice.body, /^window,time,t_ms,speech_ms,[^\n]+\r\n$/, 'nobody was heard')
    const utterances = await rig.get(`/api/session/${id}/report/csv?kind=utterances`)
    t.match(utterances.body, /^\uFEFF?time,t_ms,language,/)
    t.equal(
      errorOf(await rig.get(`/api/session/${id}/report/csv?kind=pdf`)).code,
      'VALIDATION_FAILED',
    )
  })

  t.test('are not sent again to who has them, in every kind and language', async (t) => {
    const id = await endedSession()
    const tags = new Set<unknown>()
    for (const path of [
      'report',
      'summary',
      'emotions/timeline',
      'report/csv',
      'report/csv?kind=emotion',
    ]) {
      const url = `/api/session/${id}/${path}`
      const { headers } = await rig.get(url, { origin: 'http://localhost:5173' })
      const { etag } = headers
      t.match(headers['cache-control'], /no-cache/)
      tags.add(etag)
      for (const asked of [etag as string, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await rig.get(url, {
          'if-none-match': asked,
          origin: 'http://localhost:5173',
        })
        t.equal(again.statusCode, 304)
        t.equal(again.body, '')
        t.equal(again.headers.etag, etag)
        t.equal(again.headers['access-control-allow-origin'], 'http://localhost:5173')
      }
      t.equal((await rig.get(url, { 'if-none-match': '"other"' })).statusCode, 200)
    }
    t.equal(tags.size, 5)
    const korean = await rig.get(`/api/session/${id}/report?language=ko`)
    t.notOk(tags.has(korean.headers.etag))
  })

  t.test('of an ended session come from memory, until another process appends', async (t) => {
    const id = await endedSession()
    const url = `/api/session/${id}/report`
    const first = dataOf<SessionReport>(await rig.get(url))
    const reads = countReads(rig.store.sessions)
    t.equal((await rig.get(url)).statusCode, 200)
    t.equal(reads(), 0, 'the database was not asked')
    await realtime.appendWindow(id, makeWindow(7))
    await until('the next report has the late window', async () => {
      const next = dataOf<SessionReport>(await rig.get(url))
      return next.seq > first.seq && next.timeline.length === 3
    })
  })

  t.test('of a live session hold what realtime had not appended yet', async (t) => {
    const id = await rig.start()
    let index = 0
    await realtime.openChannel(id, () => makeWindow(index++))
    const reply = await rig.get(`/api/session/${id}/report`)
    const report = dataOf<SessionReport>(reply)
    t.equal(report.interim, true)
    t.equal(report.status, 'active')
    t.equal(report.timeline.length, 1, 'the open window was flushed')
    await rig.get(`/api/session/${id}/summary`)
    t.equal(index, 1, 'but not again within the second')
    const again = await rig.get(`/api/session/${id}/report`, {
      'if-none-match': reply.headers.etag as string,
    })
    t.equal(again.statusCode, 304)
  })

  t.test('are gone with the session', async (t) => {
    const id = await endedSession()
    const url = `/api/session/${id}/report`
    t.equal((await rig.get(url)).statusCode, 200)
    const erased = await rig.app.inject({ method: 'DELETE', url: `/api/session/${id}` })
    t.match(dataOf(erased), { sessionId: id, deleted: true, receipt: { kind: 'request' } })
    for (const path of ['', '/report', '/summary']) {
      t.equal((await rig.get(`/api/session/${id}${path}`)).statusCode, 404)
    }
    t.strictSame(await rig.store.log.read(id, 0), [])
  })

  t.test('erased by another process leave memory too', async (t) => {
    const id = await endedSession()
    await rig.get(`/api/session/${id}/report`)
    await rig.store.erasure.session(id)
    const gone = until('the report is gone', async () => {
      return (await rig.get(`/api/session/${id}/report`)).statusCode === 404
    })
    await t.resolves(gone)
  })
})

function countReads(sessions: { get(id: string): Promise<unknown> }): () => number {
  const { get } = sessions
  let count = 0
  sessions.get = (id) => {
    count += 1
    return get(id)
  }
  return () => count
}
