import t from 'tap'
import { createRig, dataOf } from './rig.js'

interface Taken {
  readonly utteranceId: string
  readonly language: string
  readonly emotion: string
  readonly risk: { readonly contacts: readonly { readonly phone: string }[] } | null
  readonly finding: { readonly intervention?: { readonly questions: readonly string[] } } | null
}

const DISTORTED = '저는 하는 일마다 실패해요. 역시 나는 실패자예요.'

t.test('words by REST', async (t) => {
  const rig = await createRig(t)
  const say = (id: string, payload: object) =>
    rig.app.inject({ method: 'POST', url: `/api/session/${id}/utterances`, payload })
  const eventsOf = (id: string) => rig.store.log.read(id, 0)

  t.test('an utterance is estimated, answered and kept once', async (t) => {
    const id = await rig.start({ language: 'ko' })
    const taken = dataOf<Taken>(await say(id, { id: 'u-1', text: DISTORTED }))
    t.match(taken, { utteranceId: 'u-1', language: 'ko', risk: null })
    t.ok(taken.finding?.intervention?.questions.length)
    dataOf<Taken>(await say(id, { id: 'u-1', text: DISTORTED }))
    const types = (await eventsOf(id)).map(({ type }) => type)
    t.equal(types.filter((type) => type === 'text.utterance').length, 1)
    t.equal(types.filter((type) => type === 'cbt.intervention').length, 1)
  })

  t.test('half a character costs itself, and a consent of null is none', async (t) => {
    const id = await rig.start({ language: 'en', counselorId: 'x\ud83d' })
    const half = await rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances` },
      headers: { 'content-type': 'application/json' },
      payload: '{"text":"hello \\ud83d there\\u0000"}',
    })
    t.equal(half.statusCode, 200)
    const consent = { method: 'PUT', url: `/api/session/${id}/consent` } as const
    const reply = await rig.app.inject({ ...consent, payload: { face: null } })
    t.match(reply.json(), { error: { code: 'VALIDATION_FAILED' } })
  })

  t.test('a cry for help is answered with who can be called, and not kept in words', async (t) => {
    const id = await rig.start({ language: 'ko' })
    const taken = dataOf<Taken>(await say(id, { text: '죽고 싶어요' }))
    t.equal(taken.risk?.contacts[0]?.phone, '109')
    t.equal(taken.finding, null)
    t.notMatch(JSON.stringify(await eventsOf(id)), /죽고/)
    const later = dataOf<Taken>(await say(id, { text: DISTORTED }))
    t.ok(later.risk, 'the card stays')
    t.equal(later.finding, null)
    const types = (await eventsOf(id)).map(({ type }) => type)
    t.notOk(types.includes('cbt.intervention'))
  })

  t.test('what cannot be taken is refused by name, but a cry for help is noticed', async (t) => {
    t.match((await say('sess_0123456789abcdefghijkl', { text: 'hi' })).json(), {
      error: { code: 'SESSION_NOT_FOUND' },
    })
    const id = await rig.start({ language: 'en' })
    t.match((await say(id, { text: 'x'.repeat(2_001) })).json(), {
      error: { code: 'UTTERANCE_TOO_LONG' },
    })
    t.match((await say(id, { text: ' ' })).json(), { error: { code: 'VALIDATION_FAILED' } })
    await rig.post(`/api/session/${id}/pause`)
    t.match((await say(id, { text: 'I went out' })).json(), { error: { code: 'SESSION_PAUSED' } })
    t.ok(dataOf<Taken>(await say(id, { text: 'I want to die' })).risk)
    await rig.post(`/api/session/${id}/resume`)
    const consent = { method: 'PUT', url: `/api/session/${id}/consent`, payload: { text: false } }
    await rig.app.inject(consent as { method: 'PUT'; url: string; payload: object })
    const other = await rig.start({ language: 'en', consent: { text: false } })
    t.match((await say(other, { text: 'I went out' })).json(), {
      error: { code: 'CONSENT_REQUIRED' },
    })
    t.ok(dataOf<Taken>(await say(other, { text: 'I want to kill myself' })).risk)
    await rig.post(`/api/session/${other}/end`)
    t.match((await say(other, { text: 'hello' })).json(), { error: { code: /SESSION_ENDED/ } })
  })
})

t.test('a cry for help is answered whatever else is wrong', async (t) => {
  const rig = await createRig(t, { env: { STATEMENT_TIMEOUT_MS: '500' } })
  const say = (id: string, payload: object) =>
    rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances`, payload },
      headers: { 'accept-language': 'en' },
    })
  const id = await rig.start({ language: 'en' })
  const cry = 'I want to kill myself'
  for (const payload of [
    { text: `${cry}. ${'so tired '.repeat(300)}` },
    { text: cry, id: 'utt:1' },
    { text: cry, confidence: 7 },
  ]) {
    t.ok(dataOf<Taken>(await say(id, payload)).risk?.contacts.length)
  }
  const other = await rig.start({ language: 'en' })
  await say(other, { id: '1', text: 'I went for a walk' })
  t.ok(dataOf<Taken>(await say(other, { id: '1', text: cry })).risk)
  const flags = (await rig.store.log.read(other, 0)).filter(({ type }) => type === 'risk.flagged')
  t.equal(flags.length, 1, 'and it is in the log')
  await rig.store.close(500)
  t.ok(dataOf<Taken>(await say(id, { text: cry })).risk, 'the card needs no database')
  t.equal((await say(id, { text: 'I went for a walk' })).statusCode, 503)
})
