import { EMOTIONS } from '@bemore/protocol'
import { FAKE_GEMINI_MODES, type FakeGeminiMode } from '@bemore/testing'
import t from 'tap'
import type { FailureReason, GeminiCompanion } from '../src/index.js'
import { startCompanion } from './fixtures/companion.js'

/** Of a summary, an emotion and a transcript alike: each is one answer of a shape. */
const REASONS: Readonly<Record<FakeGeminiMode, FailureReason | null>> = {
  healthy: null,
  slow: null,
  hang: 'timeout',
  stall: 'timeout',
  'rate-limited': 'rate-limited',
  error: 'unavailable',
  unavailable: 'unavailable',
  reset: 'unavailable',
  garbage: 'invalid-response',
  'wrong-schema': 'invalid-response',
  empty: 'invalid-response',
  'cut-off': 'unavailable',
  'cut-short': 'invalid-response',
  blocked: 'blocked',
  'blocked-output': 'blocked',
}

const OPERATIONS: Readonly<
  Record<string, (companion: GeminiCompanion) => Promise<FailureReason | null>>
> = {
  async summarise(companion) {
    const figures = { durationMinutes: 12, valence: 0.1 }
    const observations = ['Most of the session was calm.']
    const outcome = await companion.summarise({ language: 'en', figures, observations })
    return outcome.source === 'local' ? outcome.reason : null
  },
  async refineEmotion(companion) {
    const outcome = await companion.refineEmotion({ text: 'it went well', language: 'en' })
    return outcome.source === 'local' ? outcome.reason : null
  },
  async transcribe(companion) {
    const audio = new Uint8Array([1, 2, 3, 4])
    const outcome = await companion.transcribe({ audio, mimeType: 'audio/ogg', language: 'ko' })
    return 'failure' in outcome ? outcome.failure : null
  },
}

for (const [name, operate] of Object.entries(OPERATIONS)) {
  t.test(`${name} in every mode`, async (t) => {
    for (const mode of FAKE_GEMINI_MODES) {
      const { fake, companion } = await startCompanion(t, {
        ...(REASONS[mode] === 'timeout' && { GEMINI_TIMEOUT_MS: '300' }),
      })
      fake.behave(mode)
      t.equal(await operate(companion), REASONS[mode], mode)
    }
  })
}

t.test('a summary is the text of the answer, and what was sent is figures', async (t) => {
  const { fake, companion } = await startCompanion(t)
  fake.say('A calm session. ')
  const figures = { durationMinutes: 12, emotionShares: { happy: 0.5 } }
  const smuggled = { ...figures, landmarks: [[0.1, 0.2, 0.3]] }
  const observations = ['Calm.', 'x'.repeat(5_000), ...Array.from({ length: 40 }, () => 'more')]
  t.same(await companion.summarise({ language: 'en', figures: smuggled, observations }), {
    source: 'gemini',
    text: 'A calm session.',
  })
  const [{ text = '' } = {}] = fake.requests[0]?.body.contents[0]?.parts ?? []
  const sent = JSON.parse(text) as { figures: object; observations: string[] }
  t.same(sent.figures, figures)
  t.equal(sent.observations.length, 12)
  t.ok(sent.observations.every((each) => each.length <= 300))
})

t.test('a summary that is too long, or that the risk screen flags, is none', async (t) => {
  const { fake, companion } = await startCompanion(t)
  const ask = () =>
    companion.summarise({ language: 'en', figures: { durationMinutes: 1 }, observations: [] })
  fake.say('word '.repeat(400))
  t.same(await ask(), { source: 'local', reason: 'invalid-response' })
  fake.say('I want to kill myself.')
  t.same(await ask(), { source: 'local', reason: 'blocked' })
})

t.test('an emotion is a distribution over all of them', async (t) => {
  const { companion } = await startCompanion(t)
  const outcome = await companion.refineEmotion({ text: '오늘은 좋았어요', language: 'ko' })
  t.match(outcome, { source: 'gemini' })
  if (outcome.source !== 'gemini') return
  t.equal(outcome.probabilities.length, EMOTIONS.length)
  t.ok(Math.abs(outcome.probabilities.reduce((sum, each) => sum + each, 0) - 1) < 1e-9)
  t.ok(EMOTIONS.includes(outcome.label))
})

t.test('a transcript is what was said, or that nothing was', async (t) => {
  const { fake, companion } = await startCompanion(t)
  const ask = (mimeType = 'audio/webm') =>
    companion.transcribe({ audio: new Uint8Array([9, 8, 7]), mimeType, language: 'ko' })
  fake.say('오늘은 조금 지쳤어요.')
  t.same(await ask(), { text: '오늘은 조금 지쳤어요.' })
  const audio = fake.requests[0]?.body.contents[0]?.parts.at(-1)?.inlineData
  t.same(audio, { mimeType: 'audio/webm', data: Buffer.from([9, 8, 7]).toString('base64') })
  fake.say('  ')
  t.same(await ask(), { failure: 'no-words' })
  t.same(await ask('not a type'), { failure: 'refused' })
})
