import { createLandmarkFrame, decodeLandmarkFrame, decodeLandmarkJson } from '@bemore/protocol'
import t from 'tap'
import { planDemo } from '../src/demo/demo-plan.js'
import { createFrameSource, FRAME_FORMATS } from '../src/demo/frame-source.js'

const CAPTURED_AT = 1_760_000_000_000
const plan = planDemo(45)

for (const format of FRAME_FORMATS) {
  t.test(`${format} frames of portrait and person are taken by the server's decoder`, async (t) => {
    const source = createFrameSource(plan, format, () => 0.5)
    for (const atMs of [0, 14_999, 15_001, 25_000, 44_999]) {
      const wire = source.frameAt(atMs, CAPTURED_AT + atMs)
      const frame = createLandmarkFrame()
      const verdict =
        typeof wire === 'string'
          ? decodeLandmarkJson(Buffer.from(wire), frame)
          : decodeLandmarkFrame(wire, frame)
      t.equal(verdict, 'ok')
      t.match(frame, { count: 478, faceInView: true, clientTimeMs: CAPTURED_AT + atMs })
      t.equal(frame.aspect.toFixed(2), '1.33')
    }
  })
}

t.test('the portrait trembles and the person moves: no two frames are alike', async (t) => {
  const source = createFrameSource(plan, 'f32', Math.random)
  for (const [one, other] of [
    [1_000, 1_066],
    [20_000, 20_066],
  ] as const) {
    const points = (atMs: number) => Buffer.from(source.frameAt(atMs, 0)).subarray(20)
    t.notOk(points(one).equals(points(other)))
  }
})
