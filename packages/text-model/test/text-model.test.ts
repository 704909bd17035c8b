import { readFileSync } from 'node:fs'
import { detectLanguage, readTextModel, TextModelError } from '@bemore/core'
import { EMOTIONS } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import { loadTextModel } from '../src/index.js'
import { MODEL_FILE } from '../src/load-text-model.js'

const model = loadTextModel()
const bytes = readFileSync(MODEL_FILE)

t.test('plain words read as what they say', async (t) => {
  for (const [text, language, label] of [
    ['오늘 정말 행복했어요', 'ko', 'happy'],
    ['아무것도 하기 싫고 너무 슬퍼요', 'ko', 'sad'],
    ['I am so happy today', 'en', 'happy'],
    ['I feel sad and alone', 'en', 'sad'],
    ['I am worried about tomorrow', 'en', 'anxious'],
    ['요즘은 너무 외롭고 우울해서 매일 울어요', 'ko', 'sad'],
    ['친구랑 싸워서 속상해요', 'ko', 'sad'],
    ['너무 불안하고 걱정돼요', 'ko', 'anxious'],
  ] as const) {
    const estimate = model.estimate(text, language)
    t.equal(estimate.label, label, text)
    t.equal(Math.sign(estimate.valence ?? 0), label === 'happy' ? 1 : -1, text)
  }
})

t.test('what the model does not know is unknown, and never a guess', async (t) => {
  const unknown = { label: 'unknown', probabilities: null, valence: null, confidence: 0 }
  t.match(model.estimate('', 'ko'), unknown)
  t.match(model.estimate('ㅋ', 'ko'), unknown)
  t.match(model.estimate('qzx', 'en'), unknown)
  t.match(model.estimate('今日はいい天気ですね', 'unknown'), unknown)
})

t.test('an estimate is a distribution, whatever the text', async (t) => {
  const texts = fc.string({ unit: 'binary', maxLength: 300 })
  const isDistribution = fc.property(texts, fc.constantFrom('ko', 'en'), (text, language) => {
    const { probabilities, confidence } = model.estimate(text, language)
    if (probabilities === null) return confidence === 0
    const sum = probabilities.reduce((total, p) => total + p, 0)
    return probabilities.length === EMOTIONS.length && Math.abs(sum - 1) < 0.01 && confidence <= 1
  })
  t.doesNotThrow(() => fc.assert(isDistribution, { seed: 8, numRuns: 300 }))
})

t.test('the letters tell the language', async (t) => {
  for (const [text, language] of [
    ['안녕하세요', 'ko'],
    ['오늘 meeting 때문에 stress 받았어', 'ko'],
    ['I had a long day', 'en'],
    ['今日はいい天気', 'unknown'],
    ['Привет', 'unknown'],
    ['😀😀', 'unknown'],
    ['123', 'unknown'],
  ] as const) {
    t.equal(detectLanguage(text), language, text)
  }
})

t.test('a file that is no model, or a damaged one, is named', async (t) => {
  const throwsWith = (data: Uint8Array, message: RegExp) =>
    t.throws(() => readTextModel(data), { name: TextModelError.name, message })
  throwsWith(new Uint8Array(3), /not a text model/)
  throwsWith(Buffer.from('hello, this is no model'), /not a text model/)
  const damaged = Uint8Array.from(bytes)
  damaged[5_000] = (damaged[5_000] ?? 0) ^ 1
  throwsWith(damaged, /damaged/)
  const newer = Uint8Array.from(bytes)
  newer[4] = 9
  throwsWith(newer, /version 9/)
  t.doesNotThrow(() => readTextModel(Uint8Array.from(bytes)))
})
