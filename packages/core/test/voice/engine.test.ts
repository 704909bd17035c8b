import { createSimulatedVoice, type SimulatedVoice } from '@bemore/testing'
import fc from 'fast-check'
import t from 'tap'
import {
  createVoiceEngine,
  createVoiceWindow,
  type VoiceEngine,
  type VoiceWindowData,
} from '../../src/index.js'
import { mutedFrame, soundFrame } from './sounds.js'

fc.configureGlobal({ seed: 20_260_101 })

const SCRIPT = [
  { pauseMs: 800 },
  { speakMs: 1_500 },
  { pauseMs: 700 },
  { speakMs: 2_000 },
  { pauseMs: 2_600 },
  { speakMs: 1_200 },
  { pauseMs: 5_000 },
  { speakMs: 1_800 },
  { pauseMs: 900 },
]
// Without audible breaths: a level cannot tell them from speech.
const TALK = { script: SCRIPT, seed: 4, snrDb: 30, breathDb: -50 }
const talk = createSimulatedVoice(TALK)

interface Listening {
  readonly chunkMs?: number
  readonly fromMs?: number
  /** The client's stamp for a piece that begins at that time; null loses it. */
  readonly stamp?: (atMs: number) => number | null
  readonly engine?: VoiceEngine
}

function listen(voice: SimulatedVoice, options: Listening = {}): VoiceWindowData {
  const { chunkMs = 20, stamp = (atMs) => atMs, engine = createVoiceEngine() } = options
  const window = createVoiceWindow()
  for (const { atMs, samples } of voice.chunks(chunkMs)) {
    const stamped = stamp(atMs)
    if (stamped !== null) {
      window.add(engine.observe(soundFrame(samples, voice.sampleRate), stamped))
    }
  }
  window.add(engine.finish(voice.durationMs))
  return window.toData(0, 0, voice.durationMs)
}

t.test(
  'a talk is told as it was: turns, pauses, bursts, and how much of it was speech',
  async (t) => {
    const heard = listen(talk)
    t.match(heard, {
      source: 'pcm',
      turnCount: 2,
      pauseCount: 2,
      burstCount: 4,
      longPauseCount: 1,
      rejected: 0,
    })
    t.ok(Math.abs(heard.longestPauseMs - 2_600) <= 200, `longest pause ${heard.longestPauseMs} ms`)
    t.ok(Math.abs(heard.speechMs - 6_500) <= 400, `speech ${heard.speechMs} ms`)
    t.ok(heard.coverage > 0.99)
    t.ok(
      Math.abs(heard.burstStartsMs[0]! - 800) <= 60,
      `first burst at ${heard.burstStartsMs[0]} ms`,
    )
    t.ok(heard.snrDb! > 20 && heard.quality > 0.95, `${heard.snrDb} dB`)
    t.ok(Math.abs(heard.loudnessDb! + 26) < 4, `${heard.loudnessDb} dB`)
  },
)

t.test('how the sound was cut into messages leaves no trace', async (t) => {
  const expected = listen(talk)
  await t.resolves(async () =>
    fc.assert(
      fc.property(fc.constantFrom(5, 10, 25, 30, 40, 64, 100), (chunkMs) => {
        const { frames: _, ...rest } = listen(talk, { chunkMs })
        const { frames: __, ...same } = expected
        return JSON.stringify(rest) === JSON.stringify(same)
      }),
      { numRuns: 7 },
    ),
  )
})

t.test('every sample rate tells the same story', async (t) => {
  for (const sampleRate of [8_000, 22_050, 44_100, 48_000]) {
    const heard = listen(createSimulatedVoice({ ...TALK, sampleRate }))
    t.match(heard, { turnCount: 2, pauseCount: 2, longPauseCount: 1 }, `${sampleRate} Hz`)
    t.ok(Math.abs(heard.speechMs - 6_500) <= 400, `${sampleRate} Hz: ${heard.speechMs} ms`)
  }
})

t.test('stamps that jitter and a device clock that drifts change nothing', async (t) => {
  const steady = listen(talk)
  const jittery = listen(talk, { stamp: (atMs) => atMs * 1.0005 + 8 * Math.sin(atMs) })
  t.equal(jittery.rejected, 0)
  t.equal(jittery.heardMs, steady.heardMs)
  t.equal(jittery.pauseMs, steady.pauseMs)
})

t.test('repeated and late frames are counted as such, and nothing else', async (t) => {
  const engine = createVoiceEngine()
  const window = createVoiceWindow()
  const pieces = [...talk.chunks(50)]
  let repeats = 0
  for (const [i, { atMs, samples }] of pieces.entries()) {
    window.add(engine.observe(soundFrame(samples), atMs))
    for (const back of i % 3 === 0 ? [0, 2, 10] : []) {
      const earlier = pieces[i - back]
      if (earlier === undefined) continue
      const estimate = engine.observe(soundFrame(earlier.samples), earlier.atMs)
      t.equal(estimate.status, 'late')
      window.add(estimate)
      repeats++
    }
  }
  window.add(engine.finish(talk.durationMs))
  const expected = listen(talk, { chunkMs: 50 })
  const found = window.toData(0, 0, talk.durationMs)
  t.same({ ...found, frames: 0, rejected: 0 }, { ...expected, frames: 0 })
  t.equal(found.rejected, repeats)
})

t.test('a frame from long before means that the clock was set, and hearing goes on', async (t) => {
  const engine = createVoiceEngine()
  listen(talk, { engine, stamp: (atMs) => atMs + 1e9 })
  const again = listen(talk, { engine })
  t.equal(again.rejected, 0)
  t.match(again, { turnCount: 2, pauseCount: 2 })
})

t.test('unreadable frames and times corrupt nothing', async (t) => {
  const engine = createVoiceEngine()
  const bad = [
    engine.observe(soundFrame(new Int16Array(320)), Number.NaN).status,
    engine.observe(soundFrame(new Int16Array(320), 0), 10).status,
    engine.observe(soundFrame(new Int16Array(320), Number.NaN), 10).status,
    engine.observe(soundFrame(new Int16Array(16_000)), 10).status,
    engine.observe(soundFrame(new Int16Array(0)), 10).status,
    engine.observeActivity({ isSpeech: true }, Number.POSITIVE_INFINITY).status,
    engine.observeActivity({ isSpeech: true, durationMs: Number.NaN }, 10).status,
    engine.observeActivity({ isSpeech: true, durationMs: -1 }, 10).status,
  ]
  t.same(bad, Array(8).fill('invalid'))
  t.same(listen(talk, { engine }), listen(talk))
})

t.test('time from which nothing arrived is not heard, and no pause', async (t) => {
  const hole = (atMs: number) => (atMs >= 2_400 && atMs < 2_900 ? null : atMs)
  const heard = listen(talk, { stamp: hole })
  t.equal(heard.pauseCount, 1, 'the pause with the hole in it is unknown')
  t.equal(heard.turnCount, 3)
  t.ok(Math.abs(heard.heardMs - (talk.durationMs - 500)) <= 60, `${heard.heardMs} ms`)
})

t.test('a lost frame or two do not end a turn', async (t) => {
  const heard = listen(talk, { stamp: (atMs) => (atMs >= 2_500 && atMs < 2_700 ? null : atMs) })
  t.match(heard, { turnCount: 2, pauseCount: 2 })
})

t.test('a muted microphone is a choice: the turn is over, and no silence was heard', async (t) => {
  const engine = createVoiceEngine()
  const window = createVoiceWindow()
  for (const { atMs, samples } of talk.chunks(20)) {
    const muted = atMs >= 2_300 && atMs < 3_000
    window.add(engine.observe(muted ? mutedFrame : soundFrame(samples), atMs))
  }
  const heard = window.toData(0, 0, talk.durationMs)
  t.equal(heard.mutedMs, 700)
  t.equal(heard.turnCount, 3)
  t.ok(heard.heardMs <= talk.durationMs - 700)
  engine.finish(talk.durationMs)
  const allMuted = createVoiceWindow()
  for (let atMs = 0; atMs < 1_000; atMs += 100) allMuted.add(engine.observe(mutedFrame, 1e6 + atMs))
  t.match(allMuted.toData(0, 0, 1_000), { source: 'none', heardMs: 0, mutedMs: 900, quality: 0 })
})

t.test('a voice that rises and brightens is heard as more stirred than before', async (t) => {
  const calm = Array.from({ length: 14 }, (_, i) => [
    { speakMs: 2_000, f0: 118 + 4 * (i % 3), effort: -0.2 + 0.1 * (i % 3) },
    { pauseMs: 400 },
  ]).flat()
  const stirred = Array.from({ length: 4 }, () => [
    { speakMs: 2_000, f0: 190, effort: 0.9 },
    { pauseMs: 400 },
  ]).flat()
  const engine = createVoiceEngine()
  const first = listen(createSimulatedVoice({ script: calm.slice(0, 8), seed: 2 }), { engine })
  t.equal(first.arousal, null, 'too early to know what is usual')
  const restored = createVoiceEngine({ baseline: engine.baseline() })
  const usual = listen(createSimulatedVoice({ script: calm, seed: 3 }), { engine: restored })
  t.ok(Math.abs(usual.arousal!) < 0.4, `usual ${usual.arousal}`)
  const later = createVoiceEngine({ baseline: restored.baseline() })
  const high = listen(createSimulatedVoice({ script: stirred, seed: 5 }), { engine: later })
  t.ok(high.arousal! > 0.5, `stirred ${high.arousal}`)
  t.throws(() => createVoiceEngine({ baseline: {} as never }), RangeError)
})

t.test('the voice of a client that detects speech itself keeps the same books', async (t) => {
  const engine = createVoiceEngine()
  const window = createVoiceWindow()
  for (let atMs = 0; atMs < talk.durationMs; atMs += 100) {
    window.add(engine.observeActivity({ isSpeech: talk.isSpeechAt(atMs) }, atMs))
  }
  window.add(engine.finish(talk.durationMs))
  const told = window.toData(0, 0, talk.durationMs)
  t.match(told, {
    source: 'client',
    turnCount: 2,
    pauseCount: 2,
    longPauseCount: 1,
    heardMs: talk.durationMs,
    pitchMedian: null,
    tiltDb: null,
    arousal: null,
    loudnessDb: null,
  })
  t.ok(Math.abs(told.speechMs - 6_500) <= 400)
})

t.test(
  'a word of a client holds for its duration, or until the next, and not for ever',
  async (t) => {
    const hear = (durationMs: number | undefined, finishMs: number) => {
      const engine = createVoiceEngine()
      engine.observeActivity({ isSpeech: true, ...(durationMs && { durationMs }) }, 1_000)
      return engine.finish(finishMs).turns.speechMs
    }
    t.equal(hear(1_200, 60_000), 1_200)
    t.equal(hear(1_200, 1_500), 500)
    t.equal(hear(undefined, 2_500), 1_500)
    t.equal(hear(undefined, 60_000), 5_000)
    t.equal(hear(1e12, 600_000), 30_000)
  },
)

t.test('client words that repeat, run backwards or stop keep the books straight', async (t) => {
  const word = fc.record({ isSpeech: fc.boolean(), atMs: fc.integer({ min: 0, max: 20_000 }) })
  await t.resolves(async () =>
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        const engine = createVoiceEngine()
        const window = createVoiceWindow()
        for (const { isSpeech, atMs } of words) {
          window.add(engine.observeActivity({ isSpeech }, atMs))
        }
        window.add(engine.finish(30_000))
        const told = window.toData(0, 0, 30_000)
        return (
          told.speechMs + told.pauseMs <= told.heardMs &&
          told.burstCount === told.pauseCount + told.turnCount &&
          told.longestPauseMs <= 4_000
        )
      }),
    ),
  )
})

t.test(
  'where sound is heard, a client word about the same time is not counted twice',
  async (t) => {
    const engine = createVoiceEngine()
    const window = createVoiceWindow()
    window.add(engine.observeActivity({ isSpeech: true }, -500))
    for (const { atMs, samples } of talk.chunks(20)) {
      window.add(engine.observe(soundFrame(samples), atMs))
      if (atMs % 100 === 0) {
        const estimate = engine.observeActivity({ isSpeech: true }, atMs + 5)
        t.equal(estimate.status, 'superseded')
        window.add(estimate)
      }
    }
    window.add(engine.finish(talk.durationMs))
    const heard = window.toData(0, 0, talk.durationMs)
    const alone = listen(talk)
    t.equal(heard.source, 'pcm')
    t.equal(heard.heardMs, alone.heardMs + 500, 'the half second before the sound is the client’s')
    t.equal(heard.pauseMs, alone.pauseMs)
  },
)
