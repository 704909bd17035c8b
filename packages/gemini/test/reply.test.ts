import { screenRisk, scriptedReply } from '@bemore/core'
import { FAKE_GEMINI_MODES, type FakeGeminiMode } from '@bemore/testing'
import t from 'tap'
import type { FailureReason } from '../src/index.js'
import { createListener, limitsIn, startCompanion } from './fixtures/companion.js'

const PREPARED = scriptedReply('en', null, 0)
const SAID = 'That sounds like a long day. Thank you for telling me. What stayed with you most?'

t.test('a reply arrives sentence by sentence', async (t) => {
  const { fake, companion } = await startCompanion(t)
  fake.say(SAID)
  const { request, chunks } = createListener()
  t.same(await companion.streamReply(request), { source: 'gemini' })
  t.same(chunks, [
    'That sounds like a long day. ',
    'Thank you for telling me. ',
    'What stayed with you most?',
  ])
})

type Outcome = readonly [reason: FailureReason | undefined, shown: 'all' | 'part' | 'prepared']

const OUTCOMES: Readonly<Record<FakeGeminiMode, Outcome>> = {
  healthy: [undefined, 'all'],
  slow: [undefined, 'all'],
  hang: ['timeout', 'prepared'],
  stall: ['interrupted', 'part'],
  'rate-limited': ['rate-limited', 'prepared'],
  error: ['unavailable', 'prepared'],
  unavailable: ['unavailable', 'prepared'],
  reset: ['unavailable', 'prepared'],
  garbage: ['invalid-response', 'prepared'],
  // A reply has no schema but that of the API.
  'wrong-schema': [undefined, 'all'],
  empty: ['invalid-response', 'prepared'],
  'cut-off': ['interrupted', 'part'],
  'cut-short': ['interrupted', 'part'],
  blocked: ['blocked', 'prepared'],
  'blocked-output': ['blocked', 'part'],
}

for (const mode of FAKE_GEMINI_MODES) {
  const [reason, shown] = OUTCOMES[mode]
  t.test(`${mode}: ${reason ?? 'a reply'}, ${shown} of it shown`, async (t) => {
    const { fake, companion } = await startCompanion(t, limitsIn(mode))
    fake.say(SAID)
    fake.behave(mode)
    const { request, chunks } = createListener()
    const outcome = await companion.streamReply(request)
    const source = shown === 'prepared' ? 'local' : 'gemini'
    t.same(outcome, reason === undefined ? { source } : { source, reason })
    const text = chunks.join('')
    if (shown === 'prepared') t.equal(text, PREPARED)
    else if (shown === 'all') t.equal(text, SAID)
    else t.equal(text, 'That sounds like a long day. ', 'whole sentences only')
  })
}

t.test('a failure before the first sentence is tried again, unseen', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_RETRIES: '2' })
  fake.say(SAID)
  fake.behave({ mode: 'unavailable', times: 2 })
  const { request, chunks } = createListener()
  t.same(await companion.streamReply(request), { source: 'gemini' })
  t.equal(chunks.join(''), SAID)
  t.equal(fake.requests.length, 3)
})

t.test('what was shown is never shown again by another attempt', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_RETRIES: '2' })
  fake.say(SAID)
  fake.behave({ mode: 'cut-off', times: 1 })
  const { request } = createListener()
  t.same(await companion.streamReply(request), { source: 'gemini', reason: 'interrupted' })
  t.equal(fake.requests.length, 1)
})

t.test('nothing that the risk screen flags is shown', async (t) => {
  const { fake, companion } = await startCompanion(t)
  const flagged = 'I want to kill myself.'
  t.not(screenRisk(flagged), null)
  fake.say(`${flagged} That was long.`)
  const first = createListener()
  t.same(await companion.streamReply(first.request), { source: 'local', reason: 'blocked' })
  t.same(first.chunks, [PREPARED])

  fake.say(`Thank you. ${flagged} And more.`)
  const second = createListener()
  t.same(await companion.streamReply(second.request), { source: 'gemini', reason: 'blocked' })
  t.same(second.chunks, ['Thank you. '])

  fake.say('죽고 싶다는 말이네요. 자살하고 싶어요.')
  const third = createListener({ language: 'ko' })
  t.same(await companion.streamReply(third.request), { source: 'local', reason: 'blocked' })
  t.same(third.chunks, [scriptedReply('ko', null, 0)])
})

t.test('a reply that nobody wants any more ends, and nothing is shown after that', async (t) => {
  const { fake, companion } = await startCompanion(t)
  fake.behave('hang')
  const waiting = createListener()
  const outcome = companion.streamReply(waiting.request)
  waiting.controller.abort()
  t.same(await outcome, { source: 'local', reason: 'cancelled' })
  t.same(waiting.chunks, [])

  const before = createListener()
  before.controller.abort()
  t.same(await companion.streamReply(before.request), { source: 'local', reason: 'cancelled' })

  fake.behave('stall')
  fake.say(SAID)
  const chunks: string[] = []
  const controller = new AbortController()
  const { request } = createListener({
    signal: controller.signal,
    onChunk(text) {
      chunks.push(text)
      controller.abort()
    },
  })
  t.same(await companion.streamReply(request), { source: 'gemini', reason: 'cancelled' })
  t.equal(chunks.length, 1)
})

t.test('a reply that goes on for ever is ended at a sentence', async (t) => {
  const { fake, companion } = await startCompanion(t, { GEMINI_MAX_OUTPUT_TOKENS: '64' })
  fake.say('One more sentence. '.repeat(200))
  const { request, chunks } = createListener()
  t.same(await companion.streamReply(request), { source: 'gemini' })
  t.ok(chunks.join('').length <= 64 * 8)
  t.match(chunks.at(-1), /sentence\. $/)
})

t.test('without a key nothing is asked, and replies are prepared ones', async (t) => {
  const { fake, companion, health } = await startCompanion(t, { GEMINI_API_KEY: '' })
  const { request, chunks } = createListener({ emotion: 'sad' })
  t.same(await companion.streamReply(request), { source: 'local', reason: 'off' })
  t.same(chunks, [scriptedReply('en', 'sad', 0)])
  const figures = { durationMinutes: 3 }
  t.same(await companion.summarise({ language: 'en', figures, observations: [] }), {
    source: 'local',
    reason: 'off',
  })
  t.same(await companion.refineEmotion({ text: 'fine', language: 'en' }), {
    source: 'local',
    reason: 'off',
  })
  const audio = new Uint8Array(4)
  t.same(await companion.transcribe({ audio, mimeType: 'audio/ogg', language: 'en' }), {
    failure: 'off',
  })
  t.match(companion.state(), { isEnabled: false, breaker: 'closed' })
  t.equal(fake.requests.length + fake.refusals, 0)
  t.equal(health.snapshot().status, 'ok')
})
