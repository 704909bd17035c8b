import { createFaceScript, createSimulatedFace } from '@bemore/testing'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import {
  ACTION_UNITS,
  createFaceEngine,
  createFaceWindow,
  type FaceEstimate,
  type FaceWindowData,
  mergeFaceWindows,
} from '../src/index.js'
import { averageFace, frameOf, largestDifference, nobody } from './face-frames.js'

fc.configureGlobal({ seed: 20_260_101 })

interface Observed {
  readonly estimate: FaceEstimate
  readonly atMs: number
}

/** Ten seconds of a lively session at 20 frames a second, every estimate copied. */
function observeSession(): Observed[] {
  const person = createSimulatedFace({ seed: 9, variation: 1, noise: 0.003 })
  const script = createFaceScript({
    seed: 9,
    segments: [
      { expression: 'neutral', seconds: 3 },
      { expression: 'happy', seconds: 4 },
      { expression: 'surprised', seconds: 3, talking: true },
    ],
    blinksPerMinute: 40,
  })
  const engine = createFaceEngine()
  return Array.from({ length: 200 }, (_, i) => {
    const atMs = 30_000 + i * 50
    const frame =
      i % 40 === 17
        ? nobody
        : frameOf(person, { ...script.poseAt(i * 50), ...(i % 40 === 18 ? { yaw: 50 } : {}) })
    const estimate = engine.observe(i % 40 === 19 ? { ...frame, count: 1 } : frame, atMs)
    return {
      atMs,
      estimate: {
        ...estimate,
        probabilities: Array.from(estimate.probabilities),
        actionUnits: Array.from(estimate.actionUnits),
      },
    }
  })
}

const session = observeSession()

function windowOf(observed: readonly Observed[], startMs = 30_000, endMs = 40_000): FaceWindowData {
  const window = createFaceWindow()
  for (const { estimate, atMs } of observed) window.add(estimate, atMs)
  return window.toData(3, startMs, endMs)
}

/** Degrees are stored to two digits; slopes are quotients of rounded numbers. */
function assertAlike(t: Test, merged: FaceWindowData, whole: FaceWindowData) {
  const { valenceSlope, arousalSlope, dominanceSlope, ...rest } = whole
  for (const [key, expected] of Object.entries(rest)) {
    const found = merged[key as keyof FaceWindowData]
    if (typeof expected === 'number' && !Number.isInteger(expected)) {
      const tolerance = key.startsWith('meanAbsolute') ? 0.02 : 2e-3
      t.ok(Math.abs((found as number) - expected) < tolerance, `${key}: ${found} for ${expected}`)
    } else if (Array.isArray(expected)) {
      t.ok(largestDifference(found as number[], expected) < 2e-3, key)
    } else t.equal(found, expected, key)
  }
  t.ok(
    largestDifference(
      [merged.valenceSlope, merged.arousalSlope, merged.dominanceSlope].map((slope) => slope ?? 9),
      [valenceSlope, arousalSlope, dominanceSlope].map((slope) => slope ?? 9),
    ) < 5e-3,
    'slopes',
  )
}

t.test('a window tells its frames by what became of them', async (t) => {
  const window = createFaceWindow()
  t.ok(window.isEmpty())
  for (const { estimate, atMs } of session) window.add(estimate, atMs)
  window.countRejected()
  window.countDropped(7)
  t.notOk(window.isEmpty())
  const data = window.toData(3, 30_000, 40_000)
  t.equal(data.usable, 185)
  t.equal(data.noFace, 5)
  t.equal(data.poseRejected, 5)
  t.equal(data.rejected, 6)
  t.equal(data.dropped, 7)
  t.equal(data.frames, 208)
  t.ok(data.coverage > 0.98 && data.coverage <= 1)
  t.equal(data.transitions, session.filter(({ estimate }) => estimate.labelChanged).length)
  t.ok(data.transitions >= 1)
  t.ok(Math.abs((data.probabilities ?? []).reduce((sum, p) => sum + p, 0) - 1) < 1e-3)
  t.equal(data.actionUnits?.length, ACTION_UNITS.length)
  t.same(JSON.parse(JSON.stringify(data)), data, 'plain JSON')
  t.ok(JSON.stringify(data).length < 1200)
  window.clear()
  t.ok(window.isEmpty())
})

t.test('means weigh by quality and slopes are least squares', async (t) => {
  const usable = session.filter(({ estimate }) => estimate.status === 'measured')
  const data = windowOf(session)
  const weight = usable.reduce((sum, { estimate }) => sum + estimate.quality, 0)
  const mean = (value: (o: Observed) => number) =>
    usable.reduce((sum, o) => sum + o.estimate.quality * value(o), 0) / weight
  const seconds = ({ atMs }: Observed) => (atMs - 30_000) / 1000
  const valence = ({ estimate }: Observed) => estimate.valence
  const [meanTime, meanValence] = [mean(seconds), mean(valence)]
  const slope =
    mean((o) => (seconds(o) - meanTime) * (valence(o) - meanValence)) /
    mean((o) => (seconds(o) - meanTime) ** 2)
  t.ok(Math.abs((data.valence ?? 9) - meanValence) < 1e-4)
  t.ok(Math.abs((data.valenceSlope ?? 9) - slope) < 1e-4)
  t.ok(slope > 0.01, 'the session gets happier')
  t.ok(Math.abs(data.weight - weight) < 1e-4)
})

t.test('a window without a usable face has no numbers, and is not neutral', async (t) => {
  const engine = createFaceEngine()
  const window = createFaceWindow()
  const unseen = (data: FaceWindowData) => {
    t.equal(data.label, 'unknown')
    t.equal(data.weight, 0)
    t.equal(data.quality, 0)
    t.equal(data.confidence, 0)
    t.equal(data.coverage, 0)
    for (const key of [
      'probabilities',
      'valence',
      'arousal',
      'dominance',
      'valenceSlope',
      'entropy',
      'actionUnits',
      'blinks',
      'eyesClosedRatio',
      'meanAbsoluteYaw',
    ] as const) {
      t.equal(data[key], null, key)
    }
  }
  unseen(window.toData(0, 0, 10_000))
  for (let ms = 0; ms < 10_000; ms += 500) window.add(engine.observe(nobody, ms), ms)
  const data = window.toData(0, 0, 10_000)
  unseen(data)
  t.equal(data.noFace, 20)
  unseen(mergeFaceWindows([data, data]))
})

t.test('one frame gives a label but no slope', async (t) => {
  const window = createFaceWindow()
  window.add(createFaceEngine().observe(frameOf(averageFace), 4000), 4000)
  const data = window.toData(0, 0, 10_000)
  t.equal(data.label, 'neutral')
  t.equal(data.valenceSlope, null)
  t.equal(data.coverage, 0.01)
})

t.test('blinks are null below 15 frames a second', async (t) => {
  t.type(windowOf(session).blinks, 'number')
  const engine = createFaceEngine()
  const window = createFaceWindow()
  for (let ms = 0; ms < 10_000; ms += 100) {
    window.add(engine.observe(frameOf(averageFace), ms), ms)
  }
  const data = window.toData(0, 0, 10_000)
  t.equal(data.blinks, null)
  t.equal(data.blinkObservedMs, 0)
  t.equal(data.eyesClosedRatio, 0)
})

t.test(
  'the parts of a split stream merge to the whole, whatever the split and the order',
  async (t) => {
    const whole = windowOf(session)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 200, maxLength: 200 }),
        fc.boolean(),
        (owners, nominal) => {
          const parts = [0, 1, 2, 3]
            .map((owner) => session.filter((_, i) => owners[i] === owner))
            .filter((observed) => observed.length > 0)
            .map((observed) =>
              nominal ? windowOf(observed) : windowOf(observed, 30_000, 40_000 - observed.length),
            )
          const merged = mergeFaceWindows(parts)
          t.same(mergeFaceWindows([...parts].reverse()), merged)
          assertAlike(t, merged, nominal ? whole : { ...whole, endMs: merged.endMs })
        },
      ),
      { numRuns: 30 },
    )
  },
)

t.test('a window flushed in its middle merges to the whole', async (t) => {
  for (const cut of [1, 57, 199]) {
    const at = 30_000 + cut * 50
    const merged = mergeFaceWindows([
      windowOf(session.slice(cut), at, 40_000),
      windowOf(session.slice(0, cut), 30_000, at),
    ])
    assertAlike(t, merged, windowOf(session))
  }
})

t.test('windows of different times are not merged', async (t) => {
  const data = windowOf(session)
  t.equal(mergeFaceWindows([data]), data)
  t.throws(() => mergeFaceWindows([]), RangeError)
  t.throws(() => mergeFaceWindows([data, { ...data, index: 4 }]), RangeError)
})
