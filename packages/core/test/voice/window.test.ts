import { createSimulatedVoice } from '@bemore/testing'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { Check } from 'typebox/value'
import {
  createVoiceEngine,
  createVoiceWindow,
  foldVoiceWindows,
  mergeVoiceWindows,
  type VoiceEstimate,
  type VoiceWindowData,
  VoiceWindowSchema,
} from '../../src/index.js'
import { mutedFrame, soundFrame } from './sounds.js'

fc.configureGlobal({ seed: 20_260_101 })

const END_MS = 60_000

/** A minute with speech, pauses, a muted stretch, a hole and late frames; every estimate copied. */
function observeSession(): VoiceEstimate[] {
  const script = Array.from({ length: 24 }, (_, i) => [
    { speakMs: 900 + 150 * (i % 5), f0: 120 + 5 * (i % 4), effort: 0.1 * (i % 3) },
    { pauseMs: [300, 500, 2_300, 700, 4_500][i % 5]! },
  ]).flat()
  const engine = createVoiceEngine()
  const estimates: VoiceEstimate[] = []
  for (const { atMs, samples } of createSimulatedVoice({ script, seed: 8 }).chunks(40)) {
    if (atMs >= END_MS) break
    if (atMs >= 20_000 && atMs < 20_600) continue
    const muted = atMs >= 31_000 && atMs < 32_000
    const stamp = atMs % 5_000 === 0 ? atMs - 1_000 : atMs
    estimates.push(copyOf(engine.observe(muted ? mutedFrame : soundFrame(samples), stamp)))
  }
  return [...estimates, copyOf(engine.finish(END_MS))]
}

function copyOf(estimate: VoiceEstimate): VoiceEstimate {
  return {
    ...estimate,
    turns: { ...estimate.turns },
    burstStartsMs: estimate.burstStartsMs.slice(),
    semitones: estimate.semitones.slice(),
  }
}

const session = observeSession()

function windowOf(estimates: readonly VoiceEstimate[], index = 0): VoiceWindowData {
  const window = createVoiceWindow()
  for (const estimate of estimates) window.add(estimate)
  window.countDropped(2)
  window.countRejected()
  return window.toData(index, 0, END_MS)
}

const whole = windowOf(session)

function isAlike(found: VoiceWindowData, expected: VoiceWindowData): boolean {
  return Object.entries(expected).every(([key, value]) => {
    const other = found[key as keyof VoiceWindowData]
    if (['frames', 'dropped', 'rejected'].includes(key)) return true
    return typeof value === 'number' && !Number.isInteger(value)
      ? Math.abs((other as number) - value) < 2e-3
      : JSON.stringify(other) === JSON.stringify(value)
  })
}

function cutAt(cuts: readonly number[]): VoiceEstimate[][] {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), session.length]
  return edges.slice(1).map((to, i) => session.slice(edges[i], to))
}

const someCuts = fc.array(fc.nat(session.length), { maxLength: 12 })

t.test('the session to be cut has something of everything', async (t) => {
  t.ok(whole.pauseCount > 5 && whole.longPauseCount > 2 && whole.turnCount > 3)
  t.ok(whole.mutedMs >= 900 && whole.rejected > 3 && whole.arousalUnits > 3)
  t.ok(whole.pitches !== null && whole.tiltFrames > 300)
})

t.test('parts of a window, in any order, make the window', async (t) => {
  await t.resolves(async () =>
    fc.assert(
      fc.property(someCuts, fc.boolean(), (cuts, backwards) => {
        const parts = cutAt(cuts).map((part) => windowOf(part))
        const merged = mergeVoiceWindows(backwards ? parts.reverse() : parts)
        return isAlike(merged, whole) && merged.dropped === 2 * parts.length
      }),
      { numRuns: 60 },
    ),
  )
})

t.test('wherever the session is cut into windows, pauses and turns are counted once', async (t) => {
  await t.resolves(async () =>
    fc.assert(
      fc.property(someCuts, (cuts) => {
        const windows = cutAt(cuts).map((part, index) => windowOf(part, index))
        const sum = (key: 'pauseCount' | 'pauseMs' | 'turnCount' | 'speechMs' | 'turnMs') =>
          windows.reduce((total, window) => total + window[key], 0)
        return (
          isAlike(foldVoiceWindows(windows), whole) &&
          (['pauseCount', 'pauseMs', 'turnCount', 'speechMs', 'turnMs'] as const).every(
            (key) => sum(key) === whole[key],
          )
        )
      }),
      { numRuns: 60 },
    ),
  )
})

t.test('merging is possible for one window only, and needs one', async (t) => {
  t.throws(() => mergeVoiceWindows([]), RangeError)
  t.throws(() => foldVoiceWindows([]), RangeError)
  t.throws(() => mergeVoiceWindows([whole, { ...whole, index: 1 }]), RangeError)
  t.equal(mergeVoiceWindows([whole]), whole)
})

t.test('what the browser does to the volume is kept, and unknown where parts differ', async (t) => {
  const on = createVoiceWindow('on').toData(0, 0, 1)
  t.equal(mergeVoiceWindows([on, on]).agc, 'on')
  t.equal(mergeVoiceWindows([on, { ...on, agc: 'off' }]).agc, 'unknown')
})

function assertStored(t: Test, window: VoiceWindowData) {
  const stored = JSON.parse(JSON.stringify(window))
  t.same(stored, window, 'JSON keeps it')
  t.ok(Check(VoiceWindowSchema, { processId: 'p', window: stored }))
}

t.test('a window is plain JSON of the schema of the log, full or empty', async (t) => {
  assertStored(t, whole)
  assertStored(t, createVoiceWindow().toData(3, 0, 10_000))
  t.notOk(Check(VoiceWindowSchema, { processId: 'p', window: { ...whole, speechMs: -1 } }))
})

t.test(
  'a window of nothing is empty until something is counted, and again when cleared',
  async (t) => {
    const window = createVoiceWindow()
    window.add(createVoiceEngine().settle(5))
    t.ok(window.isEmpty())
    window.countRejected()
    t.notOk(window.isEmpty())
    t.match(window.toData(0, 0, 10_000), { frames: 1, rejected: 1, source: 'none', quality: 0 })
    window.clear()
    t.ok(window.isEmpty())
  },
)
