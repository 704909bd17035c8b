import { createVoiceFrame, decodeVoiceFrame } from '@bemore/protocol'
import t from 'tap'
import { planDemo } from '../src/demo/demo-plan.js'
import { dialogueOf, SCENARIOS } from '../src/demo/dialogue.js'
import { planDialogue } from '../src/demo/dialogue-plan.js'
import { createVoiceSource, VOICE_FRAME_MS } from '../src/demo/voice-source.js'

for (const seconds of [6, 45, 3_600]) {
  t.test(`in ${seconds} s every line has its time, and none is in the pause`, async (t) => {
    for (const scenario of SCENARIOS) {
      for (const language of ['ko', 'en'] as const) {
        const plan = planDemo(seconds)
        const { lines, chat } = planDialogue(plan, dialogueOf(scenario, language))
        t.equal(new Set(lines.map(({ id }) => id)).size, lines.length)
        for (const [at, { fromMs, toMs }] of lines.entries()) {
          t.ok(fromMs < toMs && toMs < (lines[at + 1]?.fromMs ?? chat.atMs))
          t.ok(toMs < plan.pauseAtMs || fromMs > plan.resumeAtMs)
        }
        t.ok(chat.atMs < plan.totalMs)
      }
    }
  })
}

t.test('the microphone hears a voice while a line is spoken, and the room else', async (t) => {
  const { lines } = planDialogue(planDemo(45), dialogueOf('everyday', 'ko'))
  const source = createVoiceSource(lines)
  const frame = createVoiceFrame()
  const loudnessFrom = (fromMs: number, toMs: number) => {
    let sum = 0
    let count = 0
    for (let atMs = fromMs; atMs < toMs; atMs += VOICE_FRAME_MS) {
      t.equal(decodeVoiceFrame(source.frameAt(atMs, 1_000 + atMs), frame), 'ok')
      for (const sample of frame.samples.subarray(0, frame.sampleCount)) sum += sample ** 2
      count += frame.sampleCount
    }
    t.equal(count, ((toMs - fromMs) * frame.sampleRate) / 1000, 'without a hole')
    return Math.sqrt(sum / count)
  }
  const [first, second] = lines
  if (first === undefined || second === undefined) throw new Error('too few lines')
  const spoken = loudnessFrom(first.fromMs, first.fromMs + 2_000)
  const silent = loudnessFrom(first.toMs + 100, first.toMs + 1_300)
  t.ok(spoken > 5 * silent, `${spoken} against ${silent}`)
})
