import { createFakeGemini, createTcpProxy, FAKE_GEMINI_MODES } from '@bemore/testing'
import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'
import { until } from './fixtures/until.js'

const AT_RISK = '요즘은 그냥 죽고 싶다는 생각만 들어요'
const DISTORTED = '저는 하는 일마다 실패해요. 역시 나는 실패자예요.'

t.test('words over a socket', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const { clock } = house
  const process = await house.startProcess()
  const eventsOf = async (sessionId: string) => {
    await process.queue.flush()
    return house.events(sessionId)
  }

  t.test('an utterance is taken, estimated and kept', async (t) => {
    const { id } = await house.startSession('ko')
    const voice = await process.connect(id, 'voice')
    voice.send({ type: 'stt_text', data: { text: '오늘 정말 행복했어요', confidence: 0.9 } })
    t.match(await voice.next('stt_received'), {
      ...{ text: '오늘 정말 행복했어요', language: 'ko', emotion: 'happy' },
    })
    const [said] = (await eventsOf(id)).filter(({ type }) => type === 'text.utterance')
    t.match(said?.data, { origin: 'voice', sttConfidence: 0.9, emotion: { label: 'happy' } })
  })

  t.test('an utterance sent twice counts once; what may still change is not one', async (t) => {
    const { id } = await house.startSession('ko')
    const voice = await process.connect(id, 'voice')
    voice.send({ type: 'stt_text', data: { text: '오늘', final: false } })
    for (let i = 0; i < 2; i++) {
      voice.send({ type: 'stt_text', data: { id: 'u-1', text: '오늘은 산책을 했어요' } })
    }
    await voice.next('stt_received')
    t.equal(await voice.count('stt_received'), 1)
    const said = (await eventsOf(id)).filter(({ type }) => type === 'text.utterance')
    t.equal(said.length, 1)
  })

  t.test('a distorted thought is answered with a question, and not at every turn', async (t) => {
    const { id } = await house.startSession('ko')
    const session = await process.connect(id, 'session')
    session.send({ type: 'stt_text', data: { text: DISTORTED } })
    const finding = await session.next('cbt_intervention')
    t.match(finding, { hasDistortions: true, needsIntervention: true })
    t.ok(finding.intervention && finding.intervention.questions.length > 0)
    t.match(finding.detections[0], { name_ko: /[가-힣]/, severity: /low|medium|high/ })
    session.send({ type: 'stt_text', data: { text: DISTORTED } })
    t.equal(await session.count('cbt_intervention'), 1)
    const [, ...asked] = finding.intervention?.questions ?? []
    clock.advance(120_000)
    for (let i = 0; i < 3; i++) session.send({ type: 'stt_text', data: { text: DISTORTED } })
    const again = await session.next('cbt_intervention')
    for (const question of again.intervention?.questions ?? []) {
      t.notOk(asked.includes(question) || finding.intervention?.questions.includes(question))
    }
  })

  t.test('behind a flag there is the card, and nothing else', async (t) => {
    const { id } = await house.startSession('ko')
    const voice = await process.connect(id, 'voice')
    const session = await process.connect(id, 'session')
    voice.send({ type: 'stt_text', data: { text: AT_RISK } })
    const card = await session.next('risk_notice')
    t.same(
      card.contacts.map(({ phone }) => phone),
      ['109', '1577-0199', '1388'],
    )
    t.match(await voice.next('risk_notice'), { message: /[가-힣]/ })
    t.match(await session.next('ai_stream_chunk'), { chunk: /109/ }, 'the old client sees it too')

    session.send({ type: 'stt_text', data: { text: DISTORTED } })
    session.send({ type: 'request_ai_response', data: { message: '안녕하세요' } })
    await until(
      'the card again',
      () => session.received.filter(({ type }) => type === 'risk_notice').length === 2,
    )
    t.equal(await session.count('cbt_intervention'), 0)
    const events = await eventsOf(id)
    t.notMatch(JSON.stringify(events), /죽고/, 'what was said is not kept')
    t.equal(events.filter(({ type }) => type === 'risk.flagged').length, 1)
    t.equal(events.filter(({ type }) => type === 'chat.message').length, 0)
  })

  t.test('a flag outlives the process that raised it', async (t) => {
    const { id } = await house.startSession('en')
    const first = await process.connect(id, 'voice')
    first.send({ type: 'stt_text', data: { text: 'I want to die' } })
    await first.next('risk_notice')
    await process.queue.flush()
    const other = await house.startProcess()
    const session = await other.connect(id, 'session')
    session.send({ type: 'request_ai_response', data: { message: 'hello' } })
    t.match(await session.next('risk_notice'), { contacts: [{ phone: /./ }] })
  })

  t.test('the chat answers without a model, honestly, one reply at a time', async (t) => {
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    session.send({
      type: 'request_ai_response',
      data: { userMessage: 'I had a long day', emotion: null },
    })
    await session.next('ai_stream_begin')
    const { chunk, text } = await session.next('ai_stream_chunk')
    t.match(chunk, /prepared reply/)
    t.equal(text, chunk)
    t.match(await session.next('ai_stream_complete'), { source: 'local' })
    session.send({ type: 'request_ai_response', data: {} })
    t.match(await session.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'BAD_CHAT_REQUEST' })
    session.send({ type: 'request_ai_response', data: { message: 'x'.repeat(2_001) } })
    t.match(await session.next('ai_stream_error'), {
      code: 'UTTERANCE_TOO_LONG',
      error: /too long/,
    })
  })

  t.test(
    'text above the limit is refused, and a pause takes none, but for a cry for help',
    async (t) => {
      const { id } = await house.startSession('ko')
      const all = await process.connect(id, 'all')
      all.send({ type: 'stt_text', data: { text: '가'.repeat(2_001) } })
      t.match(await all.next('error'), { code: 'UTTERANCE_TOO_LONG' })
      all.send({ type: 'stt_text', data: { text: '가'.repeat(1_900) } })
      await all.next('stt_received')
      all.send({ type: 'pause' })
      await all.next('session_paused')
      all.send({ type: 'stt_text', data: { text: '오늘은 산책을 했어요' } })
      t.match(await all.next('error'), { code: 'SESSION_PAUSED' })
      all.send({ type: 'stt_text', data: { text: AT_RISK } })
      t.match(await all.next('risk_notice'), { contacts: [{ phone: '109' }] })
    },
  )

  t.test('words another process heard are told here, once', async (t) => {
    const other = await house.startProcess()
    const { id } = await house.startSession('ko')
    const voice = await other.connect(id, 'voice')
    const session = await process.connect(id, 'session')
    voice.send({ type: 'stt_text', data: { text: DISTORTED } })
    await voice.next('stt_received')
    await other.queue.flush()
    t.match(await session.next('cbt_intervention'), { needsIntervention: true })
  })
})

t.test('whatever is wrong with a message, what it says is heard', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const process = await house.startProcess()
  const cry = 'I want to kill myself tonight'
  const long = `${cry}. ${'so tired '.repeat(300)}`
  for (const [name, message] of [
    ['an utterance too long', { type: 'stt_text', data: { text: long } }],
    ['a bad id', { type: 'stt_text', data: { text: cry, id: 'utt:1' } }],
    ['a bad field', { type: 'stt_text', data: { text: cry, confidence: 1.01 } }],
    ['a chat message too long', { type: 'request_ai_response', data: { message: long } }],
    ['a bad chat field', { type: 'request_ai_response', data: { message: cry, timestamp: null } }],
    [
      'a long one with its type at the end',
      { data: { text: long.padEnd(5_000, '.') }, type: 'stt_text' },
    ],
  ] as const) {
    const { id } = await house.startSession('en')
    const all = await process.connect(id, 'all')
    all.send(message)
    t.ok((await all.next('risk_notice')).contacts.length, name)
    t.equal(await all.count('stt_received'), 0, `${name}: its words are not sent around`)
  }

  t.test(
    'a cry for help above the rate of messages, or in two halves of a pause, is heard',
    async (t) => {
      const { id } = await house.startSession('en')
      const session = await process.connect(id, 'session')
      for (let i = 0; i < 80; i++) {
        session.send({ type: 'stt_text', data: { text: `I went for walk ${i}` } })
      }
      session.send({ type: 'stt_text', data: { text: cry } })
      t.ok((await session.next('risk_notice')).contacts.length)
      const paused = await process.connect((await house.startSession('en')).id, 'all')
      paused.send({ type: 'pause' })
      await paused.next('session_paused')
      paused.send({ type: 'stt_text', data: { text: 'I want' } })
      paused.send({ type: 'stt_text', data: { text: 'to die' } })
      t.ok((await paused.next('risk_notice')).contacts.length)
    },
  )

  t.test('the card is in the language that was spoken', async (t) => {
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    session.send({ type: 'stt_text', data: { text: AT_RISK } })
    t.match(await session.next('risk_notice'), { contacts: [{ phone: '109' }] })
    session.send({ type: 'request_ai_response', data: { message: 'hello' } })
    t.match(await session.next('risk_notice'), { contacts: [{ phone: '109' }] })
  })

  t.test('half a character costs itself, and nothing else', async (t) => {
    const { id } = await house.startSession('en')
    const voice = await process.connect(id, 'voice')
    voice.send('{"type":"stt_text","data":{"text":"hello \\ud83d there\\u0000"}}')
    t.match(await voice.next('stt_received'), { text: 'hello \ufffd there' })
    await process.queue.flush()
    t.equal((await house.events(id, 'text.utterance')).length, 1)
  })

  t.test('an id that was used before hides nothing', async (t) => {
    const { id } = await house.startSession('en')
    const voice = await process.connect(id, 'voice')
    voice.send({ type: 'stt_text', data: { id: '1', text: 'I went for a walk' } })
    await voice.next('stt_received')
    voice.send({ type: 'stt_text', data: { id: '1', text: cry } })
    t.ok((await voice.next('risk_notice')).contacts.length)
  })

  t.test('a socket that opens after the flag sees the card', async (t) => {
    const { id } = await house.startSession('en')
    const voice = await process.connect(id, 'voice')
    voice.send({ type: 'stt_text', data: { text: cry } })
    await voice.next('risk_notice')
    const late = await process.connect(id, 'session')
    t.ok((await late.next('risk_notice')).contacts.length)
    t.match(await late.next('ai_stream_chunk'), { chunk: /988/ })
  })

  t.test('a flag is not forgotten, however much is said after it', async (t) => {
    const { id } = await house.startSession('ko')
    const voice = await process.connect(id, 'voice')
    voice.send({ type: 'stt_text', data: { text: AT_RISK } })
    await voice.next('risk_notice')
    await process.queue.flush()
    const [said] = await house.events(id, 'text.utterance')
    if (said?.type !== 'text.utterance') throw new Error('no utterance')
    await house.store.log.append(
      Array.from({ length: 600 }, (_, i) => ({
        ...{ sessionId: id, producer: 'test', producerSeq: i + 1 },
        event: {
          ...said,
          data: { ...said.data, utteranceId: `later-${i}`, text: '산책을 했어요' },
        },
      })),
    )
    const other = await house.startProcess()
    const session = await other.connect(id, 'session')
    t.ok((await session.next('risk_notice')).contacts.length)
    session.send({ type: 'stt_text', data: { text: DISTORTED } })
    t.equal(await session.count('cbt_intervention'), 0)
  })
})

t.test('the card is shown while the database is away', async (t) => {
  const QUICK = { connectTimeoutMs: 500, statementTimeoutMs: 500, poolWaitMs: 500 }
  const house = await openHouse(t, { transport: 'uws', ...QUICK })
  const { hostname, port } = new URL(house.databaseUrl)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const process = await house.startProcess({ databaseUrl: proxy.through(house.databaseUrl) })
  const { id } = await house.startSession('en')
  const session = await process.connect(id, 'session')
  await process.queue.flush()
  await proxy.refuse()
  proxy.cut()
  session.send({ type: 'stt_text', data: { text: 'I want to kill myself' } })
  t.match(await session.next('risk_notice'), { contacts: [{ phone: '988' }] })
  await proxy.accept()
  await until(
    'the flag to be in the log',
    async () => (await house.events(id, 'risk.flagged')).length === 1,
  )
})

t.test('a chat with a companion', async (t) => {
  const gemini = await createFakeGemini()
  t.teardown(() => gemini.close())
  const house = await openHouse(t, {
    ...{ transport: 'uws', geminiApiKey: gemini.key, geminiBaseUrl: gemini.url },
    ...{ geminiTimeoutMs: 500, geminiStreamIdleMs: 400, geminiRetries: 0 },
    ...{ geminiBreakerFailures: 1_000 },
  })
  const process = await house.startProcess()

  t.test('streams its replies, and remembers the turns before', async (t) => {
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    gemini.say('That sounds long. Would you like to say more about it?')
    session.send({ type: 'request_ai_response', data: { message: 'I had a long day' } })
    await session.next('ai_stream_chunk')
    t.match(await session.next('ai_stream_complete'), { source: 'gemini' })
    session.send({ type: 'request_ai_response', data: { message: 'and a short night' } })
    t.match(await session.next('ai_stream_complete'), { source: 'gemini' })
    const asked = gemini.requests.at(-1)?.body.contents
    t.same(
      asked?.map(({ role }) => role),
      ['user', 'model', 'user'],
    )
    await process.queue.flush()
    const turns = await house.events(id, 'chat.message')
    t.same(
      turns.map((event) => event.type === 'chat.message' && event.data.role),
      ['user', 'assistant', 'user', 'assistant'],
    )
  })

  t.test('is not asked about what somebody at risk says', async (t) => {
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    const before = gemini.requests.length
    session.send({ type: 'request_ai_response', data: { message: 'I want to kill myself' } })
    await session.next('risk_notice')
    session.send({ type: 'request_ai_response', data: { message: 'are you there?' } })
    await until(
      'the card again',
      () => session.received.filter(({ type }) => type === 'risk_notice').length === 2,
    )
    t.equal(gemini.requests.length, before)
  })

  t.test('goes on honestly however it fails', async (t) => {
    for (const mode of FAKE_GEMINI_MODES) {
      // A stream has no schema to be wrong by.
      if (mode === 'healthy' || mode === 'slow' || mode === 'wrong-schema') continue
      gemini.behave(mode)
      const { id } = await house.startSession('en')
      const session = await process.connect(id, 'session')
      session.send({ type: 'request_ai_response', data: { message: 'I had a long day' } })
      const done = await session.next('ai_stream_complete')
      t.ok(done.reason, `${mode}: ${done.source}, ${done.reason}`)
      t.ok(await session.count('ai_stream_chunk'), `${mode}: something was said`)
      t.equal(await session.count('ai_stream_error'), 0)
    }
  })

  t.test('stops where a flag is raised in the middle of a reply', async (t) => {
    gemini.behave('hang')
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    session.send({ type: 'request_ai_response', data: { message: 'I had a long day' } })
    await session.next('ai_stream_begin')
    session.send({ type: 'stt_text', data: { text: 'I want to die' } })
    await session.next('risk_notice')
    await until(
      'the end of both',
      () => session.received.filter(({ type }) => type === 'ai_stream_complete').length === 2,
    )
    const chunks = session.received.filter(({ type }) => type === 'ai_stream_chunk')
    t.equal(chunks.length, 1, 'the card, and nothing of the reply')
  })
})
