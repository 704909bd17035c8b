import t from 'tap'
import type { GeminiCompanion } from '../src/index.js'
import { causesOf, startCompanion, until } from './fixtures/companion.js'

async function ask(companion: GeminiCompanion, signal?: AbortSignal): Promise<string> {
  const request = { text: 'a long day', language: 'en' as const }
  const outcome = await companion.refineEmotion({ ...request, ...(signal && { signal }) })
  return outcome.source === 'local' ? outcome.reason : 'answered'
}

t.test('a service that keeps failing is left alone, and asked again after a while', async (t) => {
  const { fake, companion, health, lines, scrape } = await startCompanion(t, {
    GEMINI_BREAKER_FAILURES: '3',
    GEMINI_BREAKER_OPEN_MS: '1000',
  })
  fake.behave('unavailable')
  for (let failures = 0; failures < 3; failures += 1) {
    t.equal(companion.state().breaker, 'closed')
    t.equal(await ask(companion), 'unavailable')
  }
  t.equal(companion.state().breaker, 'open')
  t.same(causesOf(health), ['GEMINI_UNAVAILABLE'])
  t.equal(health.snapshot().status, 'degraded')
  t.ok(health.isReady())
  t.equal(await ask(companion), 'breaker-open')
  t.equal(fake.requests.length, 3, 'it was not asked')
  t.match(await scrape(), /bemore_gemini_breaker_state\{state="open"\} 1/)

  await until(() => companion.state().breaker === 'half-open')
  t.same(await Promise.all([ask(companion), ask(companion)]), ['unavailable', 'breaker-open'])
  t.equal(companion.state().breaker, 'open', 'one failure is enough by then')

  fake.behave('healthy')
  await until(() => companion.state().breaker === 'half-open')
  t.equal(await ask(companion), 'answered')
  t.match(companion.state(), { breaker: 'closed', lastFailure: null })
  t.same(causesOf(health), [])
  const events = lines.map((line) => JSON.parse(line) as { event: string; state?: string })
  const states = events.filter(({ event }) => event === 'gemini.breaker').map(({ state }) => state)
  t.same([...new Set(states)], ['open', 'closed'])
})

t.test('a trial that is cancelled lets the next one through', async (t) => {
  const { fake, companion } = await startCompanion(t, {
    GEMINI_BREAKER_FAILURES: '1',
    GEMINI_BREAKER_OPEN_MS: '50',
  })
  fake.behave('error')
  t.equal(await ask(companion), 'unavailable')
  await until(() => companion.state().breaker === 'half-open')
  fake.behave('hang')
  const caller = new AbortController()
  const trial = ask(companion, caller.signal)
  await until(() => fake.requests.length === 2)
  caller.abort()
  t.equal(await trial, 'cancelled')
  fake.behave('healthy')
  t.equal(await ask(companion), 'answered')
})

t.test('a refused key is told at once, and not tried again and again', async (t) => {
  const { fake, companion, health } = await startCompanion(t, { GEMINI_API_KEY: 'wrong' })
  t.equal(await ask(companion), 'auth')
  t.equal(await ask(companion), 'breaker-open')
  t.equal(fake.refusals, 1)
  t.same(causesOf(health), ['GEMINI_KEY_REJECTED'])
})

t.test('an unknown model is a cause until it answers, and stops no other model', async (t) => {
  const { companion, health } = await startCompanion(t, { GEMINI_TRANSCRIBE_MODEL: 'gemini-0' })
  const audio = new Uint8Array([1])
  t.same(await companion.transcribe({ audio, mimeType: 'audio/wav', language: 'en' }), {
    failure: 'model-not-found',
  })
  t.match(health.snapshot().causes, [{ code: 'GEMINI_MODEL_UNKNOWN', detail: 'gemini-0' }])
  t.equal(await ask(companion), 'answered')
  t.same(causesOf(health), ['GEMINI_MODEL_UNKNOWN'])
})

t.test('so many at once, so many that wait, and no more', async (t) => {
  const { fake, companion } = await startCompanion(t, {
    GEMINI_CONCURRENCY: '2',
    GEMINI_QUEUE_LIMIT: '3',
  })
  fake.behave({ mode: 'slow', delayMs: 50 })
  const asked = Array.from({ length: 7 }, () => ask(companion))
  await until(() => fake.requests.length > 0)
  t.match(companion.state(), { active: 2, waiting: 3 })
  const outcomes = await Promise.all(asked)
  t.equal(outcomes.filter((each) => each === 'answered').length, 5)
  t.equal(outcomes.filter((each) => each === 'busy').length, 2)
  t.equal(fake.peak, 2)
  t.match(companion.state(), { active: 0, waiting: 0, breaker: 'closed' })
})

t.test('who leaves the queue makes room in it', async (t) => {
  const { fake, companion } = await startCompanion(t, {
    GEMINI_CONCURRENCY: '1',
    GEMINI_QUEUE_LIMIT: '1',
    GEMINI_TIMEOUT_MS: '600',
    GEMINI_BREAKER_FAILURES: '100',
  })
  fake.behave('hang')
  const caller = new AbortController()
  const first = ask(companion)
  const leaving = ask(companion, caller.signal)
  t.equal(companion.state().waiting, 1)
  caller.abort()
  t.equal(await leaving, 'cancelled')
  t.equal(companion.state().waiting, 0)
  t.equal(await first, 'timeout')
  const holding = ask(companion)
  await until(() => fake.requests.length === 2)
  t.equal(companion.state().active, 1)
  t.equal(await holding, 'timeout')
})

t.test('what fails in passing is tried again, after as long as it asks for', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_RETRIES: '1' })
  fake.behave({ mode: 'rate-limited', retryAfterS: 0.6, times: 1 })
  const begunAt = performance.now()
  t.equal(await ask(companion), 'answered')
  t.ok(performance.now() - begunAt >= 600)
  t.equal(fake.requests.length, 2)
})

t.test('no attempt is waited for that would come after the deadline', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_RETRIES: '5' })
  fake.behave({ mode: 'rate-limited', retryAfterS: 30 })
  const begunAt = performance.now()
  t.equal(await ask(companion), 'rate-limited')
  t.ok(performance.now() - begunAt < 5_000, 'told at once')
  t.equal(fake.requests.length, 1)
})

t.test('retries are counted, and nothing else is tried again', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_RETRIES: '1' })
  fake.behave('error')
  t.equal(await ask(companion), 'unavailable')
  t.equal(fake.requests.length, 2)
  fake.behave('garbage')
  t.equal(await ask(companion), 'invalid-response')
  t.equal(fake.requests.length, 3)
})

t.test('a server that is not there is unavailable', async (t) => {
  const { fake, companion } = await startCompanion(t)
  await fake.close()
  t.equal(await ask(companion), 'unavailable')
})
