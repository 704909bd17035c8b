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
  /** Binary, kind 2; number and time are the sender's to write. Shared: good for any number of frames. */
  body(turn: number): Uint8Array
  /** As the web client sends it. */
  json(turn: number, timeMs: number): string
}

const ASPECT = 4 / 3
/** One for all clients: messages are made one at a time. */
export function createFrameSource(): FrameSource {
  const faces = renderFaces()
  const binaries = faces.map((frame) => encodeLandmarksU16(frame))
  const texts = faces.map((frame) => JSON.stringify(pointsOf(frame)))
  const pick = <Item>(items: readonly Item[], turn: number) => items[turn % items.length] as Item

  return {
    body: (turn) => pick(binaries, turn),
    json: (turn, timeMs) =>
      `{"type":"landmarks","data":${pick(texts, turn)},"timestamp":${timeMs}}`,
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
