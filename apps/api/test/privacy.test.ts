import { createHash } from 'node:crypto'
import { createEvent, type SessionReport } from '@bemore/core'
import { createLogger } from '@bemore/ops'
import t from 'tap'
import { createRetention } from '../src/background/retention.js'
import type { ConsentView } from '../src/privacy/session-consent.js'
import { createRig, dataOf, errorOf, type Rig, until } from './rig.js'

const DAY_MS = 24 * 60 * 60_000

const put = (rig: Rig, id: string, payload: object) =>
  rig.app.inject({ method: 'PUT', url: `/api/session/${id}/consent`, payload })

const consentOf = async (rig: Rig, id: string) =>
  dataOf<ConsentView>(await rig.get(`/api/session/${id}/consent`))

const decisionsOf = async (rig: Rig, id: string) =>
  (await rig.store.log.read(id, 0)).flatMap((event) =>
    event.type === 'consent.recorded' ? [`${event.data.modality} ${event.data.decision}`] : [],
  )

const teach = (rig: Rig, sessionId: string, producerSeq = 1) =>
  rig.store.log.append([
    {
      ...{ sessionId, producer: `rt/${sessionId}`, producerSeq },
      event: createEvent('baseline.set', Date.now(), {
        baseline: { secret: 'of a face' } as never,
      }),
    },
  ])

t.test('consent by REST', async (t) => {
  const rig = await createRig(t)

  t.test('is assumed where a client says nothing, and recorded as an assumption', async (t) => {
    const id = await rig.start()
    t.same(await decisionsOf(rig, id), ['face assumed', 'voice assumed', 'text assumed'])
    t.match(await consentOf(rig, id), {
      face: { standing: 'assumed', noticeVersion: '1' },
      context: 'counselling',
    })
  })

  t.test('comes with the start, once however often that is repeated', async (t) => {
    const key = { 'idempotency-key': 'consent-key-1' }
    const body = { consent: { face: false, text: true, noticeVersion: '7' } }
    const id = await rig.start(body, key)
    t.equal(await rig.start(body, key), id)
    t.same(await decisionsOf(rig, id), ['face refused', 'voice assumed', 'text granted'])
    t.match(await consentOf(rig, id), {
      face: { standing: 'refused', noticeVersion: '7' },
      noticeVersion: '1',
    })
  })

  t.test('is withdrawn at any time, which erases what was read', async (t) => {
    const id = await rig.start()
    await teach(rig, id)
    await rig.post(`/api/session/${id}/end`)
    t.equal((await rig.get(`/api/session/${id}/report`)).statusCode, 200)
    const withdrawn = dataOf<ConsentView>(await put(rig, id, { face: false }))
    t.equal(withdrawn.face.standing, 'withdrawn')
    t.equal(withdrawn.voice.standing, 'assumed')
    t.same(dataOf(await put(rig, id, { face: false })), withdrawn, 'again is no error')
    const file = (await rig.get(`/api/session/${id}/export`)).body
    t.notMatch(file, 'of a face')
    const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
    t.ok(report.dataQuality.flags.includes('face_withdrawn'))
  })

  t.test('of a wrong form, or of no session, is an error', async (t) => {
    const id = await rig.start()
    t.equal(errorOf(await put(rig, id, { face: 'perhaps' })).code, 'VALIDATION_FAILED')
    t.equal(
      errorOf(await put(rig, 'sess_AAAAAAAAAAAAAAAAAAAAAA', { face: true })).code,
      'SESSION_NOT_FOUND',
    )
  })
})

t.test('consent that is required is not assumed, and work forbids faces', async (t) => {
  const rig = await createRig(t, {
    env: { CONSENT_DEFAULT: 'required', DEPLOYMENT_CONTEXT: 'workplace' },
  })
  const id = await rig.start()
  t.same(await decisionsOf(rig, id), [])
  await put(rig, id, { face: true, text: true })
  t.match(await consentOf(rig, id), {
    face: { standing: 'forbidden' },
    voice: { standing: 'forbidden' },
    text: { standing: 'granted' },
    context: 'workplace',
  })
})

t.test('erasure and export', async (t) => {
  const rig = await createRig(t, { env: { EVENT_READ_LIMIT: '10' } })

  t.test('an export holds everything, page by page', async (t) => {
    const id = await rig.start()
    for (let i = 1; i <= 25; i += 1) await teach(rig, id, i)
    const reply = await rig.get(`/api/session/${id}/export`)
    t.match(reply.headers, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="bemore-${id}.json"`,
    })
    const file = reply.json()
    t.match(file, { session: { sessionId: id }, consent: { face: { standing: 'assumed' } } })
    t.strictSame(file.events, JSON.parse(JSON.stringify(await rig.store.log.read(id, 0, 100))))
    t.equal(file.events.length, 29)
  })

  t.test('a deletion gives a receipt that can be looked up and holds no content', async (t) => {
    const id = await rig.start()
    const reply = await rig.app.inject({ method: 'DELETE', url: `/api/session/${id}` })
    const { receipt } = dataOf<{ receipt: { receiptId: string; sessionSha256: string } }>(reply)
    t.equal(receipt.sessionSha256, createHash('sha256').update(id).digest('hex'))
    const found = await rig.get(`/api/erasure/${receipt.receiptId}`)
    t.same(dataOf(found), receipt)
    t.notMatch(found.body, id)
    t.equal(errorOf(await rig.get('/api/erasure/nonsense')).code, 'ERASURE_NOT_FOUND')
    await teach(rig, id)
    t.equal((await rig.get(`/api/session/${id}`)).statusCode, 404, 'late events change nothing')
    t.equal((await rig.get(`/api/session/${id}/export`)).statusCode, 404)
  })
})

t.test('retention', async (t) => {
  const rig = await createRig(t)
  const log = createLogger({ name: 'api', level: 'silent' })
  const retentionAt = (days: number, config: object = {}) =>
    createRetention({
      ...{ store: rig.store, log, producer: 'retention:test' },
      config: { ...rig.config, ...config },
      now: () => Date.now() + days * DAY_MS,
    })
  const ended = async () => {
    const id = await rig.start()
    await teach(rig, id)
    await rig.post(`/api/session/${id}/end`)
    return id
  }

  t.test('erases what was read when its days are over, and the report says so', async (t) => {
    const id = await ended()
    const running = await rig.start()
    await teach(rig, running)
    const url = `/api/session/${id}/report`
    const before = dataOf<SessionReport>(await rig.get(url))
    await retentionAt(29).run()
    t.same(dataOf(await rig.get(url)), before, 'not before its time')
    const late = retentionAt(31)
    await late.run()
    await late.run()
    t.same(late.erased, { events: 1, data: 1, sessions: 0 })
    const read = async () => dataOf<SessionReport>(await rig.get(url))
    await until('the report to say so', async () =>
      (await read()).dataQuality.flags.includes('erased_by_retention'),
    )
    const report = await read()
    t.equal(report.endReason, before.endReason, 'its course stays')
    t.equal(report.durationMs, before.durationMs, 'and how long it was')
    t.notMatch((await rig.get(`/api/session/${id}/export`)).body, 'of a face')
    t.match((await rig.get(`/api/session/${running}/export`)).body, 'of a face')
  })

  t.test('keeps everything where it is off', async (t) => {
    const id = await ended()
    await retentionAt(10_000, { retentionAggregatesDays: 0 }).run()
    t.match((await rig.get(`/api/session/${id}/export`)).body, 'of a face')
  })

  t.test('erases whole sessions where that is asked for', async (t) => {
    const id = await ended()
    const retention = retentionAt(8, { retentionSessionsDays: 7 })
    await Promise.all([retention.run(), retentionAt(8, { retentionSessionsDays: 7 }).run()])
    t.equal((await rig.get(`/api/session/${id}`)).statusCode, 404)
  })
})
