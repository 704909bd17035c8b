/**
 * Landmark frames as clients send them: the captured frame and a simulated face in a few moods,
 * encoded once. A frame's number and time are written into it at each sending, as a client does.
 */
import {
  createLandmarkFrame,
  encodeLandmarksU16,
  LANDMARK_COUNT,
  type LandmarkFrame,
} from '@bemore/protocol'
import { createSimulatedFace, EXPRESSION_PROTOTYPES } from '@bemore/testing'

export interface FrameSource {
  /** Binary, kind 2. The bytes are good until the next call. */
  binary(seq: number, timeMs: number): Uint8Array
  /** As the web client sends it. */
  json(seq: number, timeMs: number): string
}

const ASPECT = 4 / 3
/** Offsets of the header's `seq` and `clientTime`. */
const SEQ_AT = 4
const TIME_AT = 8

/** One for all clients: messages are made one at a time. */
export function createFrameSource(): FrameSource {
  const faces = renderFaces()
  const binaries = faces.map((frame) => encodeLandmarksU16(frame))
  const texts = faces.map((frame) => JSON.stringify(pointsOf(frame)))
  const pick = <Item>(items: readonly Item[], seq: number) => items[seq % items.length] as Item

  return {
    binary(seq, timeMs) {
      const bytes = pick(binaries, seq)
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      view.setUint32(SEQ_AT, seq, true)
      view.setFloat64(TIME_AT, timeMs, true)
      return bytes
    },
    json: (seq, timeMs) => `{"type":"landmarks","data":${pick(texts, seq)},"timestamp":${timeMs}}`,
  }
}

function renderFaces(): LandmarkFrame[] {
  const face = createSimulatedFace({ seed: 7, variation: 1, noise: 0.002 })
  return Object.values(EXPRESSION_PROTOTYPES).map((actionUnits, i) => {
    const frame = createLandmarkFrame()
    face.render({ actionUnits, yaw: i - 3 }, frame.points)
    return Object.assign(frame, {
      count: LANDMARK_COUNT,
      aspect: ASPECT,
      faceInView: true,
      seq: 0,
      clientTimeMs: 0,
    })
  })
}

const pointsOf = ({ points, count }: LandmarkFrame) =>
  Array.from({ length: count }, (_, i) => ({
    x: points[3 * i],
    y: points[3 * i + 1],
    z: points[3 * i + 2],
  }))
