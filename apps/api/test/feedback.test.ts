import { setTimeout as delay } from 'node:timers/promises'
import type { SessionReport, SessionSummary } from '@bemore/core'
import { createLogger } from '@bemore/ops'
import t from 'tap'
import { createRetention } from '../src/background/retention.js'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, errorOf, type Rig, until } from './rig.js'

interface Taken {
  readonly sessionId: string
  readonly rating: number | null
  readonly note: boolean
  readonly at: string
  readonly risk: { readonly contacts: readonly { readonly phone: string }[] } | null
}

const NOTE = 'The pauses did me good; zanzibar.'
const CRY = 'I want to kill myself'
const DAY_MS = 24 * 60 * 60_000

const give = (rig: Rig, id: string, payload: object, language = 'en') =>
  rig.app.inject({
    ...{ method: 'POST', url: `/api/session/${id}/feedback`, payload },
    headers: { 'accept-language': language },
  })

/** A session that belongs to somebody. */
const startOwned = async (rig: Rig) => {
  const owner = await rig.signUp()
  return { owner, id: await rig.start({ language: 'en' }, owner.headers) }
}

const eventsOf = async (rig: Rig, id: string) =>
  (await rig.store.log.read(id, 0)).flatMap((event) =>
    ['feedback.given', 'text.feedback', 'risk.flagged', 'event.erased'].includes(event.type)
      ? [event]
      : [],
  )

const typesOf = async (rig: Rig, id: string) => (await eventsOf(rig, id)).map(({ type }) => type)

t.test('feedback', async (t) => {
  const rig = await createRig(t)
  await rig.bus.ready(5_000)

  t.test('is taken as the web client sends it, after the end', async (t) => {
    const id = await rig.start()
    await rig.post(`/api/session/${id}/end`)
    const taken = dataOf<Taken>(await give(rig, id, { rating: 5, note: '' }))
    t.match(taken, { sessionId: id, rating: 5, note: false, risk: null })
    t.ok(Date.parse(taken.at))
    t.match(await eventsOf(rig, id), [{ data: { rating: 5, hasNote: false } }])
  })

  t.test('is taken while the session runs, and the latest counts', async (t) => {
    const id = await rig.start()
    t.match(dataOf(await give(rig, id, { rating: 2, note: ` ${NOTE} `, mood: 'x' })), {
      note: true,
    })
    const report = async () => dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
    t.equal((await report()).feedback?.rating, 2)
    dataOf(await give(rig, id, { rating: 4 }))
    t.equal((await report()).feedback?.rating, 4)
    t.match(await eventsOf(rig, id), [
      { data: { rating: 2, hasNote: true } },
      { data: { text: NOTE } },
      { data: { rating: 4, hasNote: false } },
    ])
  })

  t.test('that is repeated is taken once', async (t) => {
    const id = await rig.start()
    for (const payload of [{ rating: 3 }, { rating: 3, note: '  ' }, { rating: 3, note: NOTE }]) {
      for (let time = 0; time < 2; time += 1) t.ok(dataOf<Taken>(await give(rig, id, payload)))
    }
    t.same(await typesOf(rig, id), ['feedback.given', 'feedback.given', 'text.feedback'])
  })

  t.test('changes nothing that was measured', async (t) => {
    const realtime = await createFakeRealtime(t, rig)
    const id = await rig.start()
    for (let index = 0; index < 3; index += 1) {
      await realtime.appendWindow(id, makeWindow(index))
    }
    await rig.post(`/api/session/${id}/end`)
    const read = async (): Promise<[SessionReport, SessionSummary]> => [
      dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`)),
      dataOf<SessionSummary>(await rig.get(`/api/session/${id}/summary`)),
    ]
    const [report, summary] = await read()
    await delay(20)
    dataOf(await give(rig, id, { rating: 1, note: NOTE }))
    await until('the report to have it', async () => (await read())[0].feedback !== null)
    const [after, summaryAfter] = await read()
    t.equal(after.feedback?.rating, 1)
    t.same({ ...after, seq: 0, feedback: null }, { ...report, seq: 0 })
    t.same({ ...summaryAfter, seq: 0 }, { ...summary, seq: 0 })
    t.notMatch(JSON.stringify([after, summaryAfter]), /zanzibar/)
  })

  t.test('keeps the note in the export and out of the log of the process', async (t) => {
    const id = await rig.start()
    dataOf(await give(rig, id, { rating: 3, note: NOTE }))
    t.match((await rig.get(`/api/session/${id}/export`)).body, /zanzibar/)
    t.notMatch(JSON.stringify(rig.logged()), /zanzibar/)
  })

  t.test('of a wrong form, or of no session, is refused', async (t) => {
    const id = await rig.start()
    for (const payload of [{}, { rating: 0 }, { rating: 6 }, { rating: 2.5 }, { note: 'x' }]) {
      t.equal(errorOf(await give(rig, id, payload)).code, 'VALIDATION_FAILED')
    }
    t.equal((await give(rig, id, { rating: 3, note: 'x'.repeat(2_001) })).statusCode, 400)
    const none = await give(rig, 'sess_AAAAAAAAAAAAAAAAAAAAAA', { rating: 3 })
    t.equal(errorOf(none).code, 'SESSION_NOT_FOUND')
    t.equal((await rig.post(`/api/session/${id}/feedback`)).statusCode, 400, 'without a body')
    t.same(await typesOf(rig, id), [])
  })

  t.test(
    'that cries for help is answered with who can be called, and not kept in words',
    async (t) => {
      const id = await rig.start({ language: 'ko' })
      await rig.post(`/api/session/${id}/end`)
      const taken = dataOf<Taken>(await give(rig, id, { rating: 1, note: '죽고 싶어요' }))
      t.match(taken, { rating: 1, note: false })
      t.equal(taken.risk?.contacts[0]?.phone, '109')
      t.same(await typesOf(rig, id), ['risk.flagged', 'feedback.given', 'text.feedback'])
      t.notMatch(JSON.stringify(await eventsOf(rig, id)), /죽고/)
      t.notMatch(JSON.stringify(rig.logged()), /죽고/)
      t.ok(rig.logged().some(({ event }) => event === 'risk.flagged'))
      const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
      t.equal(report.risk.flagged, true)
      t.ok(dataOf<Taken>(await give(rig, id, { rating: 2 })).risk, 'the card stays')
    },
  )

  t.test('is heard whatever else is wrong with it', async (t) => {
    const id = await rig.start({ language: 'en' })
    for (const payload of [
      { note: CRY },
      { rating: 9, note: CRY },
      { rating: 3, note: `${CRY}. ${'so tired '.repeat(300)}` },
    ]) {
      const taken = dataOf<Taken>(await give(rig, id, payload))
      t.equal(taken.rating, null)
      t.ok(taken.risk?.contacts.length)
    }
    t.same(new Set(await typesOf(rig, id)), new Set(['risk.flagged']))
  })

  t.test('loses its note, and not its rating, with the consent to text', async (t) => {
    const id = await rig.start({ consent: { text: false } })
    t.match(dataOf(await give(rig, id, { rating: 4, note: NOTE })), { rating: 4, note: false })
    t.match(await eventsOf(rig, id), [{ data: { rating: 4, hasNote: true } }])

    const other = await rig.start()
    t.match(dataOf(await give(rig, other, { rating: 4, note: NOTE })), { note: true })
    await rig.app.inject({
      ...{ method: 'PUT', url: `/api/session/${other}/consent`, payload: { text: false } },
    })
    t.same(await typesOf(rig, other), ['feedback.given', 'event.erased'])
    t.notMatch((await rig.get(`/api/session/${other}/export`)).body, /zanzibar/)
  })

  t.test('loses its note to retention', async (t) => {
    const id = await rig.start()
    await rig.post(`/api/session/${id}/end`)
    dataOf(await give(rig, id, { rating: 4, note: NOTE }))
    await createRetention({
      ...{ store: rig.store, config: rig.config, producer: 'retention:test' },
      log: createLogger({ name: 'api', level: 'silent' }),
      now: () => Date.now() + 31 * DAY_MS,
    }).run()
    t.same(await typesOf(rig, id), ['feedback.given', 'event.erased'])
    t.notMatch((await rig.get(`/api/session/${id}/export`)).body, /zanzibar/)
  })
})

t.test('feedback on the session of somebody is theirs to give', async (t) => {
  const rig = await createRig(t)
  const { owner, id } = await startOwned(rig)
  const giveAs = (headers: Record<string, string>, payload: object) =>
    rig.app.inject({ method: 'POST', url: `/api/session/${id}/feedback`, payload, headers })
  const stranger = await rig.signUp()
  t.equal((await giveAs({}, { rating: 1 })).statusCode, 401)
  t.equal(errorOf(await giveAs(stranger.headers, { rating: 1 })).code, 'SESSION_NOT_YOURS')
  t.ok(dataOf<Taken>(await giveAs({}, { rating: 1, note: CRY })).risk, 'whoever cries is heard')
  t.same(await typesOf(rig, id), [], 'and nothing is done to the session')
  t.equal(dataOf<Taken>(await giveAs(owner.headers, { rating: 5 })).rating, 5)
})

t.test('a note is not kept where consent is required and was not given', async (t) => {
  const rig = await createRig(t, { env: { CONSENT_DEFAULT: 'required' } })
  const id = await rig.start()
  t.match(dataOf(await give(rig, id, { rating: 4, note: NOTE })), { rating: 4, note: false })
  t.same(await typesOf(rig, id), ['feedback.given'])
})

t.test('a cry for help in a note needs no database to be answered', async (t) => {
  const rig = await createRig(t, { env: { STATEMENT_TIMEOUT_MS: '500' } })
  const id = await rig.start({ language: 'en' })
  await rig.store.close(500)
  t.match(dataOf(await give(rig, id, { rating: 1, note: CRY })), { rating: null, note: false })
  t.equal((await give(rig, id, { rating: 1, note: NOTE })).statusCode, 503)
})
