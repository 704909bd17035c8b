import t from 'tap'
import { createSimulatedVoice, measureVoiceGates } from '../src/index.js'

t.test('the voice engine keeps what it promises', async (t) => {
  for (const { name, value, threshold, limit, pass } of measureVoiceGates()) {
    t.ok(pass, `${name}: ${value.toFixed(4)}, at ${limit} ${threshold}`)
  }
})

t.test('a simulated voice is the same in every run, and another with another seed', async (t) => {
  const script = [{ pauseMs: 300 }, { speakMs: 900 }, { pauseMs: 700 }, { speakMs: 500 }]
  const soundOf = (seed: number) => createSimulatedVoice({ script, seed }).samples.join()
  // Compared as a whole: a difference of tens of thousands of numbers is no message.
  const first = soundOf(1)
  t.ok(first === soundOf(1))
  t.ok(first !== soundOf(2))
})

t.test('its truth says when it speaks and how high', async (t) => {
  const voice = createSimulatedVoice({
    script: [{ pauseMs: 300 }, { speakMs: 900, f0: 200, f0End: 150 }, { pauseMs: 300 }],
  })
  t.equal(voice.durationMs, 1_500)
  t.equal(voice.samples.length, 24_000)
  t.equal(voice.isSpeechAt(150), false)
  t.equal(voice.isSpeechAt(700), true)
  t.equal(voice.isSpeechAt(1_300), false)
  t.equal(voice.f0At(150), null)
  const heights = Array.from({ length: 90 }, (_, i) => voice.f0At(300 + i * 10)).filter(
    (hertz) => hertz !== null,
  )
  t.ok(heights.length > 40 && heights.every((hertz) => hertz > 140 && hertz < 210))
  t.equal(
    [...voice.chunks(40)].reduce((sum, { samples }) => sum + samples.length, 0),
    24_000,
  )
})
