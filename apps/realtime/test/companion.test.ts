import { scriptedReply } from '@bemore/core'
import { createFakeGemini } from '@bemore/testing'
import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'

const REPLY = 'That sounds like a long day. What stayed with you most?'

t.test('the chat with a language model', async (t) => {
  const fake = await createFakeGemini()
  t.teardown(() => fake.close())
  fake.say(REPLY)
  const house = await openHouse(t, {
    ...{ transport: 'uws', geminiApiKey: fake.key, geminiBaseUrl: fake.url },
    ...{ geminiRetries: 0, geminiBreakerFailures: 2, geminiBreakerOpenMs: 60_000 },
  })
  const process = await house.startProcess()
  const messagesOf = async (sessionId: string) => {
    await process.queue.flush()
    return (await house.events(sessionId, 'chat.message')).map(({ data }) => data)
  }

  t.test('its reply is streamed, kept, and sent along with the next message', async (t) => {
    const { id } = await house.startSession('en')
    const session = await process.connect(id, 'session')
    session.send({ type: 'request_ai_response', data: { message: 'Work was long today.' } })
    t.match(await session.next('ai_stream_chunk'), { chunk: 'That sounds like a long day. ' })
    t.match(await session.next('ai_stream_chunk'), { chunk: 'What stayed with you most?' })
    t.match(await session.next('ai_stream_complete'), { source: 'gemini' })
    t.match(await messagesOf(id), [
      { role: 'user', text: 'Work was long today.', source: 'client' },
      { role: 'assistant', text: REPLY, source: 'gemini' },
    ])
    session.send({ type: 'request_ai_response', data: { message: 'The bus was late.' } })
    t.match(await session.next('ai_stream_complete'), { source: 'gemini' })
    const [, second] = fake.requests
    t.same(
      second?.body.contents.map(({ role }) => role),
      ['user', 'model', 'user'],
    )
  })

  t.test('while it fails, the chat goes on with prepared replies', async (t) => {
    fake.behave('unavailable')
    const { id } = await house.startSession('ko')
    const session = await process.connect(id, 'session')
    const reasons: (string | undefined)[] = []
    for (const message of ['안녕하세요', '오늘은 길었어요', '계신가요?']) {
      session.send({ type: 'request_ai_response', data: { message } })
      const { source, reason } = await session.next('ai_stream_complete')
      t.equal(source, 'local')
      reasons.push(reason)
    }
    t.same(reasons, ['unavailable', 'unavailable', 'breaker-open'])
    t.match((await messagesOf(id))[1], { role: 'assistant', text: scriptedReply('ko', null, 0) })
    t.match(process.health.snapshot(), { causes: [{ code: 'GEMINI_UNAVAILABLE' }] })
    t.ok(process.health.isReady(), 'it degrades and takes nothing out of service')
  })
})
