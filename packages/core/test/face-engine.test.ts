import { createFaceScript, createSimulatedFace, EXPRESSION_PROTOTYPES } from '@bemore/testing'
import t from 'tap'
import { createFaceEngine, type FaceEngine } from '../src/index.js'
import {
  averageFace,
  type Frame,
  frameOf,
  largestDifference,
  nobody,
  ownNeutral,
  portraitFrame,
  readOnce,
  unit,
} from './face-frames.js'

const happy = frameOf(averageFace, { actionUnits: EXPRESSION_PROTOTYPES.happy })
const sad = frameOf(averageFace, { actionUnits: EXPRESSION_PROTOTYPES.sad })
const neutral = frameOf(averageFace)

/** Streams one frame from `fromMs` until `toMs`, ten times a second. */
function stream(engine: FaceEngine, frame: Frame, fromMs: number, toMs: number) {
  let estimate = engine.observe(frame, fromMs)
  for (let ms = fromMs + 100; ms <= toMs; ms += 100) estimate = engine.observe(frame, ms)
  return estimate
}

t.test('what was not measured is said, and never looks like a calm face', async (t) => {
  const broken = (change: (points: Float32Array) => void): Frame => {
    const frame = frameOf(averageFace)
    change(frame.points)
    return frame
  }
  const cases: [string, Frame, string][] = [
    ['nobody', nobody, 'no-face'],
    ['turned away', frameOf(averageFace, { yaw: 40 }), 'pose-rejected'],
    ['looking down', frameOf(averageFace, { pitch: -30 }), 'pose-rejected'],
    ['a NaN', broken((points) => points.fill(Number.NaN, 700, 701)), 'invalid'],
    ['an infinity', broken((points) => points.fill(Number.POSITIVE_INFINITY, 0, 1)), 'invalid'],
    ['all zeros', broken((points) => points.fill(0)), 'invalid'],
    [
      'points in a row',
      broken((points) =>
        points.forEach((_, i) => {
          points[i] = i / 1434
        }),
      ),
      'invalid',
    ],
    ['no face in the points', broken((points) => points.reverse()), 'invalid'],
    ['fewer points than said', { ...neutral, points: neutral.points.subarray(0, 900) }, 'invalid'],
    ['a count nobody knows', { ...neutral, count: 68 }, 'invalid'],
  ]
  const engine = createFaceEngine()
  let ms = 0
  for (const [name, frame, status] of cases) {
    engine.observe(happy, ms++)
    const estimate = engine.observe(frame, ms++)
    t.equal(estimate.status, status, name)
    t.equal(estimate.label, 'unknown', name)
    t.equal(estimate.confidence, 0)
    t.equal(estimate.quality, 0)
    t.equal(estimate.coveredMs, 0)
    t.ok([estimate.valence, estimate.arousal, estimate.dominance].every(Number.isNaN))
    t.ok(Array.from(estimate.probabilities).every(Number.isNaN))
    t.ok(Array.from(estimate.actionUnits).every(Number.isNaN))
    t.equal(Number.isNaN(estimate.yaw), status !== 'pose-rejected')
  }
})

t.test('a rejected face still tells its pose', async (t) => {
  t.ok(Math.abs(readOnce(frameOf(averageFace, { yaw: 40 })).yaw - 40) < 0.1)
})

t.test(
  'a frame without an aspect ratio is measured as 4:3, flagged and trusted less',
  async (t) => {
    const said = readOnce(happy)
    const unsaid = readOnce({ ...happy, aspect: 0 })
    t.ok(unsaid.aspectAssumed)
    t.same(Array.from(unsaid.probabilities), Array.from(said.probabilities))
    t.ok(unsaid.quality < said.quality)
    t.ok(readOnce({ ...happy, aspect: 1333 }).aspectAssumed, 'an impossible ratio is none')
  },
)

t.test('small, turned and uncalibrated faces are trusted less', async (t) => {
  const best = readOnce(happy, averageFace).quality
  t.equal(best, 1)
  t.ok(readOnce(happy).quality < best)
  t.ok(readOnce(frameOf(averageFace, { yaw: 25 }), averageFace).quality < 0.6)
  t.ok(readOnce(frameOf(averageFace, { distanceCm: 200 }), averageFace).quality < 0.5)
})

t.test('frames lost to other sources do not disturb the estimate', async (t) => {
  const plain = createFaceEngine()
  const disturbed = createFaceEngine()
  stream(plain, happy, 0, 1000)
  stream(disturbed, happy, 0, 1000)
  disturbed.observe(nobody, 1030)
  disturbed.observe({ ...happy, count: 7 }, 1040)
  disturbed.observe(sad, 500)
  t.same(
    Array.from(disturbed.observe(sad, 1100).probabilities),
    Array.from(plain.observe(sad, 1100).probabilities),
  )
})

t.test('late frames are invalid; a clock that was set starts afresh', async (t) => {
  const engine = createFaceEngine()
  stream(engine, happy, 10_000, 12_000)
  t.equal(engine.observe(happy, 11_900).status, 'invalid')
  t.equal(engine.observe(happy, Number.NaN).status, 'invalid')
  t.equal(engine.observe(happy, 12_000).status, 'measured', 'two frames may share a millisecond')
  const afresh = engine.observe(sad, 100)
  t.equal(afresh.status, 'measured')
  t.equal(afresh.label, 'sad')
  t.notOk(afresh.labelChanged)
})

t.test('after a gap the next frame is taken as it is', async (t) => {
  const engine = createFaceEngine({ baseline: ownNeutral(averageFace) })
  stream(engine, happy, 0, 3000)
  t.equal(engine.observe(sad, 5900).label, 'happy', 'a gap under 3 s is smoothed over')
  t.equal(engine.observe(sad, 9000).label, 'sad')
  const alone = readOnce(sad, averageFace)
  t.same(Array.from(engine.observe(sad, 12_500).actionUnits), Array.from(alone.actionUnits))
})

t.test('30, 10 and 5 frames a second draw the same curve', async (t) => {
  const script = createFaceScript({
    blinksPerMinute: 0,
    segments: [
      { expression: 'neutral', seconds: 3 },
      { expression: 'happy', seconds: 5 },
      { expression: 'sad', seconds: 5 },
      { expression: 'surprised', seconds: 3 },
    ],
  })
  const baseline = ownNeutral(averageFace)
  const run = (framesPerSecond: number) => {
    const engine = createFaceEngine({ baseline })
    const curve = new Map<number, { probabilities: number[]; actionUnits: number[] }>()
    for (let i = 0; i <= (script.durationMs / 1000 - 0.1) * framesPerSecond; i++) {
      const ms = Math.round((i * 1000) / framesPerSecond)
      const estimate = engine.observe(frameOf(averageFace, script.poseAt(ms)), ms)
      curve.set(ms, {
        probabilities: Array.from(estimate.probabilities),
        actionUnits: Array.from(estimate.actionUnits),
      })
    }
    return curve
  }
  const fine = run(30)
  for (const framesPerSecond of [10, 5]) {
    for (const [ms, coarse] of run(framesPerSecond)) {
      const reference = fine.get(ms)
      if (reference === undefined) continue
      t.ok(largestDifference(coarse.probabilities, reference.probabilities) < 0.04, `at ${ms}`)
      t.ok(largestDifference(coarse.actionUnits, reference.actionUnits) < 0.1, `at ${ms}`)
    }
  }
})

t.test('the label changes only for a lead that lasts 300 ms', async (t) => {
  const engine = createFaceEngine({ baseline: ownNeutral(averageFace) })
  stream(engine, happy, 0, 2000)
  let firstLeadMs = Number.NaN
  let changedMs = Number.NaN
  for (let ms = 2050; ms <= 8000; ms += 50) {
    const estimate = engine.observe(sad, ms)
    const lead = (estimate.probabilities[1] ?? 0) - (estimate.probabilities[0] ?? 0)
    if (lead > 0.1 && Number.isNaN(firstLeadMs)) firstLeadMs = ms
    if (estimate.labelChanged) {
      t.ok(Number.isNaN(changedMs), 'it changes once')
      t.equal(estimate.label, 'sad')
      changedMs = ms
    }
  }
  t.equal(changedMs - firstLeadMs, 300)
})

t.test('a twitch of a fifth of a second changes no label', async (t) => {
  const engine = createFaceEngine({ baseline: ownNeutral(averageFace) })
  stream(engine, happy, 0, 3000)
  stream(engine, sad, 3100, 3200)
  t.equal(stream(engine, happy, 3300, 5000).label, 'happy')
})

t.test('a session that is all smile does not become neutral', async (t) => {
  const engine = createFaceEngine()
  const portrait = portraitFrame()
  const afterMinute = stream(engine, portrait, 0, 60_000)
  t.equal(afterMinute.label, 'happy')
  t.ok(afterMinute.calibration > 0.79)
  const afterHalfHour = stream(engine, portrait, 60_100, 1_800_000)
  t.equal(afterHalfHour.label, 'happy')
  t.ok(unit(afterHalfHour, 12) > 0.6)
})

t.test('a face with a resting frown is learnt as neutral', async (t) => {
  const resting = { 4: 0.5, 15: 0.5 }
  const engine = createFaceEngine()
  const first = readOnce(frameOf(averageFace, { actionUnits: resting }))
  const later = stream(engine, frameOf(averageFace, { actionUnits: resting }), 100, 90_000)
  t.equal(later.label, 'neutral')
  t.ok(later.valence > first.valence)
  t.ok(unit(later, 15) < 0.6 * unit(first, 15))
})

t.test(
  'a captured neutral replaces the median, and failing to capture one changes nothing',
  async (t) => {
    const person = createSimulatedFace({ seed: 7, variation: 1.5, noise: 0.003 })
    const engine = createFaceEngine()
    t.throws(() => engine.captureNeutral(0, 60_000), RangeError)
    engine.captureNeutral(0)
    let estimate = engine.observe(frameOf(person), 0)
    t.equal(estimate.neutralCapture, 'running')
    for (let ms = 100; ms <= 4000; ms += 100) estimate = engine.observe(frameOf(person), ms)
    t.equal(estimate.neutralCapture, 'done')
    t.equal(estimate.calibration, 1)
    t.ok(Math.max(...Array.from(engine.observe(frameOf(person), 8000).actionUnits)) < 0.6)

    const before = engine.baseline().neutral
    engine.captureNeutral(9000, 3000)
    estimate = stream(engine, nobody, 9000, 12_000)
    t.equal(estimate.neutralCapture, 'failed')
    t.same(engine.baseline().neutral, before)
  },
)

t.test('a restarted process goes on with the same baseline', async (t) => {
  const person = createSimulatedFace({ seed: 3, variation: 1, noise: 0.004 })
  const script = createFaceScript({ seed: 3 })
  const engine = createFaceEngine()
  for (let ms = 0; ms < 60_000; ms += 100) engine.observe(frameOf(person, script.poseAt(ms)), ms)
  const stored = JSON.parse(JSON.stringify(engine.baseline()))
  t.ok(JSON.stringify(stored).length < 2000)
  const restarted = createFaceEngine({ baseline: stored })
  t.same(restarted.baseline(), stored, 'nothing is lost before the first frame')
  const frame = frameOf(person, { actionUnits: { 12: 0.6 } })
  const [a, b] = [engine.observe(frame, 70_000), restarted.observe(frame, 0)]
  t.equal(b.label, a.label)
  t.equal(b.calibration, a.calibration)
  t.ok(largestDifference(a.actionUnits, b.actionUnits) < 0.15)
  t.throws(() => createFaceEngine({ baseline: { ...stored, version: 2 } }), RangeError)
})

t.test('blinks are counted at 30 frames a second and unknown at 10', async (t) => {
  const script = createFaceScript({
    seed: 5,
    swayDegrees: 0,
    segments: [{ expression: 'neutral', seconds: 60 }],
  })
  const run = (framesPerSecond: number) => {
    const engine = createFaceEngine()
    let blinks = 0
    let measurable = 0
    for (let i = 0; i < 60 * framesPerSecond; i++) {
      const ms = (i * 1000) / framesPerSecond
      const estimate = engine.observe(frameOf(averageFace, script.poseAt(ms)), ms)
      if (estimate.blinked) blinks++
      if (estimate.blinkMeasurable) measurable++
    }
    return { blinks, measurable, perclos: engine.perclos() ?? 1 }
  }
  const fast = run(30)
  t.ok(fast.blinks >= 12 && fast.blinks <= 22, `${fast.blinks} blinks at 17 a minute`)
  t.ok(fast.perclos > 0 && fast.perclos < 0.1, `PERCLOS ${fast.perclos}`)
  const slow = run(10)
  t.equal(slow.blinks, 0)
  t.equal(slow.measurable, 0)
})

t.test('long closures are closed eyes, not blinks', async (t) => {
  const engine = createFaceEngine()
  const shut = frameOf(averageFace, { actionUnits: { 43: 1.1 } })
  let blinks = 0
  for (let i = 0; i < 1800; i++) {
    const second = Math.floor(i / 30) % 4
    const estimate = engine.observe(second === 3 ? shut : neutral, (i * 1000) / 30)
    if (estimate.blinked) blinks++
  }
  t.equal(blinks, 0)
  const perclos = engine.perclos() ?? 0
  t.ok(Math.abs(perclos - 0.25) < 0.02, `PERCLOS ${perclos}`)
})

t.test('the estimate is one object and an engine without frames has a baseline', async (t) => {
  const engine = createFaceEngine()
  t.same(engine.baseline(), { version: 1, frames: 0, deciles: null, neutral: null })
  t.equal(engine.perclos(), null)
  t.equal(engine.observe(happy, 0), engine.observe(sad, 100))
})
