import type { SessionReport } from '@bemore/core'
import t from 'tap'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, errorOf, type Rig } from './rig.js'

/** As the web client's `sessionsApi` would send it. */
const cardOf = (minuteIndex: number, over: object = {}) => ({
  ...{ minuteIndex, sessionId: 'sess_ofNoImportance', facialScore: 62, vadScore: 55 },
  ...{ textScore: 48.5, combinedScore: 57, keywords: ['zanzibar'], sentiment: 'positive' },
  ...{ confidence: 0.8, timestamp: Date.now(), durationMs: 60_000, requestId: 'req_1' },
  ...over,
})

const tick = (rig: Rig, id: string, payload: object) =>
  rig.app.inject({ method: 'POST', url: `/api/session/${id}/tick`, payload })
const batch = (rig: Rig, payload: object) =>
  rig.app.inject({ method: 'POST', url: '/api/session/batch-tick', payload })

const scoresOf = async (rig: Rig, id: string) =>
  (await rig.store.log.read(id, 0)).filter(({ type }) => type.endsWith('.score'))

t.test('minutes that a client scored', async (t) => {
  const rig = await createRig(t)

  t.test('are kept by modality, without words', async (t) => {
    const id = await rig.start()
    t.same(dataOf(await tick(rig, id, cardOf(3))), { success: true, minuteIndex: 3 })
    const data = { minuteIndex: 3, confidence: 0.8 }
    t.same(
      (await scoresOf(rig, id)).map(({ type, data }) => ({ type, data })),
      [
        { type: 'face.score', data: { ...data, score: 62 } },
        { type: 'voice.score', data: { ...data, score: 55 } },
        { type: 'text.score', data: { ...data, score: 48.5 } },
      ],
    )
    t.notMatch((await rig.get(`/api/session/${id}/export`)).body, /zanzibar/)
  })

  t.test('count once each, by tick or in a batch', async (t) => {
    const id = await rig.start()
    for (let time = 0; time < 2; time += 1) dataOf(await tick(rig, id, cardOf(0)))
    const items = [cardOf(0), cardOf(1), cardOf(1), cardOf(1_440)]
    const sent = { sessionId: id, items }
    const taken = dataOf<{ batchId: string }>(await batch(rig, sent))
    t.match(taken, { success: true, count: 4, batchId: /^batch_/ })
    t.same(dataOf(await batch(rig, sent)), taken, 'the same batch has the same name')
    t.equal((await scoresOf(rig, id)).length, 9)
  })

  t.test('that were not measured are not zero', async (t) => {
    const id = await rig.start()
    dataOf(await tick(rig, id, { minuteIndex: 1, facialScore: null, textScore: 0 }))
    t.match(await scoresOf(rig, id), [{ type: 'text.score', data: { score: 0 } }])
    t.same(dataOf(await batch(rig, { sessionId: id, items: [] })), {
      ...{ success: true, count: 0 },
      batchId: dataOf<{ batchId: string }>(await batch(rig, { sessionId: id, items: [] })).batchId,
    })
  })

  t.test('are under the consent of their modality', async (t) => {
    const id = await rig.start({ consent: { face: false } })
    dataOf(await tick(rig, id, cardOf(0)))
    t.same(
      (await scoresOf(rig, id)).map(({ type }) => type),
      ['voice.score', 'text.score'],
    )
    await rig.app.inject({
      ...{ method: 'PUT', url: `/api/session/${id}/consent`, payload: { voice: false } },
    })
    t.same(
      (await scoresOf(rig, id)).map(({ type }) => type),
      ['text.score'],
    )
  })

  t.test('leave the report as it is', async (t) => {
    await rig.bus.ready(5_000)
    const realtime = await createFakeRealtime(t, rig)
    const id = await rig.start()
    const report = async () => dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
    for (let index = 0; index < 3; index += 1) await realtime.appendWindow(id, makeWindow(index))
    const before = await report()
    dataOf(await batch(rig, { sessionId: id, items: [cardOf(0), cardOf(1)] }))
    const after = await report()
    t.equal(after.seq, before.seq + 6)
    t.same(after.vadTimeline, before.vadTimeline)
    t.same(after.emotion, before.emotion)
  })

  t.test('of a session that has ended, of none, or of a wrong form are refused', async (t) => {
    const id = await rig.start()
    for (const wrong of [
      {},
      cardOf(-1),
      cardOf(1_441),
      cardOf(1.5),
      cardOf(0, { vadScore: 101 }),
    ]) {
      t.equal(errorOf(await tick(rig, id, wrong)).code, 'VALIDATION_FAILED')
    }
    const many = Array.from({ length: 241 }, (_, minute) => cardOf(minute))
    for (const wrong of [
      { sessionId: id },
      { items: [] },
      { sessionId: 'sess_short', items: [] },
      { sessionId: id, items: many },
    ]) {
      t.equal(errorOf(await batch(rig, wrong)).code, 'VALIDATION_FAILED')
    }
    t.equal(
      dataOf<{ count: number }>(await batch(rig, { sessionId: id, items: many.slice(1) })).count,
      240,
    )
    const none = 'sess_AAAAAAAAAAAAAAAAAAAAAA'
    t.equal(errorOf(await tick(rig, none, cardOf(0))).code, 'SESSION_NOT_FOUND')
    t.equal(errorOf(await batch(rig, { sessionId: none, items: [] })).code, 'SESSION_NOT_FOUND')
    await rig.post(`/api/session/${id}/end`)
    t.equal((await tick(rig, id, cardOf(0))).statusCode, 410)
    t.equal((await batch(rig, { sessionId: id, items: [cardOf(0)] })).statusCode, 410)
  })
})

t.test('minutes of the session of somebody are theirs to hand in', async (t) => {
  const rig = await createRig(t)
  const [owner, stranger] = [await rig.signUp(), await rig.signUp()]
  const id = await rig.start({}, owner.headers)
  const url = '/api/session/batch-tick'
  const payload = { sessionId: id, items: [cardOf(0)] }
  const send = (headers: Record<string, string>) =>
    rig.app.inject({ method: 'POST', url, payload, headers })
  t.equal((await send({})).statusCode, 401)
  t.equal(errorOf(await send(stranger.headers)).code, 'SESSION_NOT_YOURS')
  t.equal((await tick(rig, id, cardOf(0))).statusCode, 401)
  t.equal((await scoresOf(rig, id)).length, 0)
  t.equal((await send(owner.headers)).statusCode, 200)
  t.equal((await scoresOf(rig, id)).length, 3)
})

t.test('no face and no voice is scored where the deployment forbids them', async (t) => {
  const rig = await createRig(t, { env: { DEPLOYMENT_CONTEXT: 'workplace' } })
  const id = await rig.start()
  dataOf(await tick(rig, id, cardOf(0)))
  t.same(
    (await scoresOf(rig, id)).map(({ type }) => type),
    ['text.score'],
  )
})
