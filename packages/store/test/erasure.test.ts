import { createEvent, foldConsent, modalityOf } from '@bemore/core'
import t from 'tap'
import { createReceiptId } from '../src/erasure/receipt.js'
import type { KeyedEvent, Store } from '../src/index.js'
import { openStore, startSession } from './test-store.js'

const AT = Date.now()

function taught(sessionId: string, producerSeq: number, at = AT): KeyedEvent {
  const event = createEvent('baseline.set', at, { baseline: {} as never })
  return { sessionId, producer: `rt/${sessionId}`, producerSeq, event }
}

const consent = (store: Store, sessionId: string, decision: 'granted' | 'withdrawn' | 'refused') =>
  store.log.transact(sessionId, 'test', () => [
    createEvent('consent.recorded', AT, {
      ...{ modality: 'face', decision, noticeVersion: '1', source: 'client' },
    }),
  ])

const typesOf = async (store: Store, sessionId: string) =>
  (await store.log.read(sessionId, 0)).map(({ type }) => type)

t.test('consent and erasure in the log', async (t) => {
  const { store, direct } = await openStore(t)

  t.test('the row knows the last word on each modality', async (t) => {
    const { id } = await startSession(store)
    await consent(store, id, 'granted')
    const row = await store.sessions.get(id)
    t.match(row?.consent, { face: { decision: 'granted', noticeVersion: '1', source: 'client' } })
    t.equal(row?.consent.face?.at, AT)
  })

  t.test('a withdrawal erases in place what was read, and keeps what comes late out', async (t) => {
    const { id } = await startSession(store)
    await store.log.append([taught(id, 1)])
    const done = await consent(store, id, 'withdrawn')
    t.equal(done?.session.consent.face?.decision, 'withdrawn')
    const late = await store.log.append([taught(id, 2)])
    t.equal(late.appended[0]?.count, 1, 'its place in the log is taken')
    const events = await store.log.read(id, 0)
    t.same(
      events.map(({ seq, type }) => [seq, type]),
      [
        [1, 'session.started'],
        [2, 'event.erased'],
        [3, 'consent.recorded'],
        [4, 'event.erased'],
      ],
    )
    t.same(events[3]?.data, { was: 'baseline.set', reason: 'withdrawn' })
    const again = await store.log.append([taught(id, 1), taught(id, 2)])
    t.equal(again.appended[0]?.count, 0, 'a replay of both is still known')
    await consent(store, id, 'granted')
    await store.log.append([taught(id, 3)])
    t.equal((await typesOf(store, id)).at(-1), 'baseline.set', 'a new consent is for new data')
    const row = await store.sessions.get(id)
    t.same(row?.consent, foldConsent(await store.log.read(id, 0)), 'the projection is the fold')
    t.equal(row?.consent.face?.since, AT)
  })

  t.test('an erased session leaves a receipt, and late events do not bring it back', async (t) => {
    const { id } = await startSession(store)
    await store.log.append([taught(id, 1)])
    const receipt = await store.erasure.session(id)
    t.match(receipt, { kind: 'request', events: 2 })
    t.same(await store.erasure.receipt(receipt?.receiptId ?? ''), receipt)
    t.equal(await store.erasure.receipt(createReceiptId()), null)
    t.equal(await store.erasure.receipt("'"), null)
    t.equal(await store.erasure.session(id), null)
    t.same((await store.log.append([taught(id, 2)])).unknownSessions, [id])
    t.same(await store.log.read(id, 0), [])
  })

  t.test('all sessions of an owner go, in bounded batches', async (t) => {
    const start = { language: 'ko' as const, at: AT, deviceWindowMs: 0, ownerId: 'u1' }
    for (let i = 0; i < 3; i += 1) await store.sessions.start(start)
    t.equal((await store.erasure.owner('u1', 2)).length, 2)
    t.equal((await store.erasure.owner('u1', 2)).length, 1)
    t.same(await store.sessions.list({ ownerId: 'u1', limit: 10 }), [])
  })

  t.test('what has expired is erased once, however many are at it', async (t) => {
    const ids = await Promise.all([1, 2, 3].map(() => startSession(store, AT)))
    for (const { id } of ids) {
      await store.log.append([taught(id, 1)])
      await store.log.transact(id, 'test', () => [
        createEvent('session.ended', AT, { reason: 'client' }),
      ])
    }
    t.equal(await store.erasure.expireData(AT, AT, 'r'), null, 'not before its time')
    const results: (number | null)[] = []
    const work = async () => {
      for (;;) {
        const erased = await store.erasure.expireData(AT + 1, AT + 1, 'r')
        if (erased === null) return
        results.push(erased)
      }
    }
    await Promise.all([work(), work(), work()])
    t.same(results, [1, 1, 1])
    for (const { id } of ids) {
      const types = ['session.started', 'event.erased', 'session.ended', 'retention.applied']
      t.same(await typesOf(store, id), types)
      await store.log.append([taught(id, 2)])
      t.equal((await typesOf(store, id)).at(-1), 'event.erased', 'also what comes later')
    }
    t.equal(await store.erasure.expireSessions(AT + 1, 2), 2)
    t.equal(await store.erasure.expireSessions(AT + 1, 2), 1)
    t.equal(await store.erasure.expireSessions(AT + 1, 2), 0)
  })

  t.test('the database and the folds agree on what is read from what', async (t) => {
    const types = [
      ...['face.window', 'baseline.set', 'voice.window', 'vad.window', 'text.window', 'chat.reply'],
      ...['utterance.recorded', 'cbt.intervention', 'risk.flagged', 'session.started'],
      ...['consent.recorded', 'event.erased', 'retention.applied', 'channel.opened'],
    ]
    for (const type of types) {
      const [row] = await direct<{ modality: string | null }[]>`
        select event_modality(${type}) as modality`
      t.equal(row?.modality, modalityOf(type), type)
    }
  })
})
