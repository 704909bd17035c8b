import t, { type Test } from 'tap'
import { createFakeGemini, type FakeGemini, type FakeGeminiOptions } from '../src/index.js'

const HELLO = { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] }

async function start(t: Test, options: FakeGeminiOptions = {}): Promise<FakeGemini> {
  const fake = await createFakeGemini(options)
  t.teardown(() => fake.close())
  return fake
}

function ask(
  fake: FakeGemini,
  body: unknown,
  { task = 'generateContent', model = 'gemini-2.5-flash', key = fake.key } = {},
): Promise<Response> {
  return fetch(`${fake.url}/v1beta/models/${model}:${task}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === '' ? {} : { 'x-goog-api-key': key }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function errorOf(response: Response): Promise<{ code: number; status: string }> {
  const { error } = (await response.json()) as { error: { code: number; status: string } }
  return error
}

t.test('it answers whole and streamed, and counts the tokens', async (t) => {
  const fake = await start(t)
  fake.say('A reply that is long enough for several events.')
  const whole = await (await ask(fake, HELLO)).json()
  t.match(whole, {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: /several events/ }] },
        finishReason: 'STOP',
      },
    ],
    usageMetadata: { promptTokenCount: 2 },
  })
  const streamed = await ask(fake, HELLO, { task: 'streamGenerateContent?alt=sse' })
  t.match(streamed.headers.get('content-type'), /text\/event-stream/)
  const events = (await streamed.text()).split('\r\n\r\n').filter((event) => event !== '')
  t.ok(events.length > 3)
  t.match(events.at(-1), /^data: .*"finishReason":"STOP"/)
  t.same(
    fake.requests.map(({ task }) => task),
    ['generateContent', 'streamGenerateContent'],
  )
})

t.test('keys and models are held to', async (t) => {
  const fake = await start(t)
  const wrong = await ask(fake, HELLO, { key: 'another' })
  t.equal(wrong.status, 400)
  t.match(await errorOf(wrong), {
    status: 'INVALID_ARGUMENT',
    details: [{ reason: 'API_KEY_INVALID' }],
  })
  t.equal((await ask(fake, HELLO, { key: '' })).status, 403)
  const unknown = await ask(fake, HELLO, { model: 'gemini-0' })
  t.equal(unknown.status, 404)
  t.match(await errorOf(unknown), { code: 404, status: 'NOT_FOUND' })
  const inQuery = `${fake.url}/v1beta/models/gemini-2.5-flash:generateContent?key=${fake.key}`
  const response = await fetch(inQuery, { method: 'POST', body: JSON.stringify(HELLO) })
  t.equal(response.status, 200)
  t.equal(fake.refusals, 3)
})

t.test('a body the real one refuses is refused', async (t) => {
  const fake = await start(t)
  const user = (text: string) => ({ role: 'user', parts: [{ text }] })
  const model = (text: string) => ({ role: 'model', parts: [{ text }] })
  const wrong: readonly unknown[] = [
    '{',
    [],
    {},
    { contents: [] },
    { contents: [{ role: 'user', parts: [] }] },
    { contents: [user('')] },
    { contents: [{ role: 'system', parts: [{ text: 'x' }] }] },
    { contents: [model('first')] },
    { contents: [user('a'), user('b')] },
    { contents: [user('a'), model('b')] },
    { contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'audio/ogg', data: '*' } }] }] },
    { ...HELLO, systemInstruction: { parts: [] } },
    { ...HELLO, generationConfig: { maxOutputTokens: 0 } },
    { ...HELLO, generationConfig: { responseSchema: { type: 'OBJECT' } } },
    { ...HELLO, safetySettings: [{ category: 'HARM_CATEGORY_RUDENESS', threshold: 'OFF' }] },
    { ...HELLO, histroy: [] },
  ]
  for (const body of wrong) {
    const response = await ask(fake, body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await errorOf(response), { status: 'INVALID_ARGUMENT' })
  }
  t.same(fake.requests, [])
})

t.test('an answer has the shape that was asked for', async (t) => {
  const fake = await start(t)
  const properties = {
    label: { type: 'STRING', enum: ['sad', 'happy'] },
    weight: { type: 'number' },
  }
  const generationConfig = {
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT', properties },
  }
  const response = await ask(fake, { ...HELLO, generationConfig })
  const { candidates } = (await response.json()) as {
    candidates: [{ content: { parts: [{ text: string }] } }]
  }
  t.same(JSON.parse(candidates[0].content.parts[0].text), { label: 'sad', weight: 0.125 })
})

t.test('it fails as it is told, for as long as it is told', async (t) => {
  const fake = await start(t)
  fake.behave({ mode: 'rate-limited', retryAfterS: 2, times: 1 })
  const limited = await ask(fake, HELLO)
  t.equal(limited.status, 429)
  t.equal(limited.headers.get('retry-after'), '2')
  t.match(await errorOf(limited), { status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '2s' }] })
  t.equal((await ask(fake, HELLO)).status, 200)
  fake.behave('cut-off')
  await t.rejects(async () => (await ask(fake, HELLO)).text())
  fake.behave('hang')
  await t.rejects(
    fetch(`${fake.url}/v1beta/models/gemini-2.5-flash:generateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': fake.key },
      body: JSON.stringify(HELLO),
      signal: AbortSignal.timeout(50),
    }),
  )
})
