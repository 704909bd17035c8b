/**
 * Landmark frames as the web client sends them:
 * `{"type":"landmarks","data":[{"x","y","z"}×478 or 468],"timestamp":ms,"aspect"?,"seq"?}`.
 * `readLandmarkMessage` is the definition of which are good; the scanner only gets there sooner.
 *
 * `data: []` and `data: null` say that the camera runs and sees no face: it is what a client writes
 * who sends every result of the face model. A message without `data` is a mistake and refused.
 * `aspect: null` is unknown: so JSON.stringify writes 0/0, a video whose size is not yet known.
 */
import { isClientTime, isSeq } from './frame-header.js'
import type { FrameVerdict } from './frame-problem.js'
import {
  checkCoordinates,
  isAspect,
  isFaceCount,
  type LandmarkFrame,
  NO_SEQ,
} from './landmark-frame.js'
import { scanLandmarkJson } from './landmark-scanner.js'

/** In browsers and Node alike; declared here because this package loads the types of neither. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true })
  decode(bytes: Uint8Array): string
}

/** `NOT_LANDMARKS`: valid JSON, but no landmark message. */
export type LandmarkMessageVerdict = FrameVerdict | 'NOT_LANDMARKS'

/**
 * Fills `frame` from the bytes of a text message, or says why not. Never throws.
 *
 * To read other messages from the same socket without parsing twice, call the three steps yourself:
 * `scanLandmarkJson`, then `parseJson`, then `readLandmarkMessage` on the value, which is the
 * control message when the answer is `NOT_LANDMARKS`.
 */
export function decodeLandmarkJson(
  bytes: Uint8Array,
  frame: LandmarkFrame,
): LandmarkMessageVerdict {
  if (scanLandmarkJson(bytes, frame) === 'ok') return 'ok'
  const message = parseJson(bytes)
  return message === undefined ? 'NOT_JSON' : readLandmarkMessage(message, frame)
}

/** The value of a text message, or undefined (which JSON has not) when it is not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** Fills `frame` from a parsed message. Coordinates are kept as 32-bit floats. */
export function readLandmarkMessage(
  message: unknown,
  frame: LandmarkFrame,
): LandmarkMessageVerdict {
  if (!isObject(message) || message['type'] !== 'landmarks') return 'NOT_LANDMARKS'
  const points = readPoints(message['data'], frame)
  if (points !== 'ok') return points
  const { timestamp, aspect, seq } = message
  if (typeof timestamp !== 'number' || !isClientTime(timestamp)) return 'BAD_TIMESTAMP'
  if (aspect !== undefined && aspect !== null) {
    if (typeof aspect !== 'number' || !isAspect(aspect)) return 'BAD_ASPECT'
  }
  if (seq !== undefined && (typeof seq !== 'number' || !isSeq(seq))) return 'BAD_SEQ'
  frame.clientTimeMs = timestamp
  frame.aspect = aspect ?? 0
  frame.seq = seq ?? NO_SEQ
  frame.mirrored = false
  return 'ok'
}

function readPoints(data: unknown, frame: LandmarkFrame): FrameVerdict {
  const points = data === null ? [] : data
  if (!Array.isArray(points)) return 'BAD_DATA'
  frame.count = points.length
  frame.faceInView = points.length > 0
  if (points.length > 0 && !isFaceCount(points.length)) return 'BAD_COUNT'
  let index = 0
  for (const point of points as unknown[]) {
    if (!isObject(point)) return 'BAD_POINT'
    const { x, y, z } = point
    if (typeof x !== 'number' || typeof y !== 'number' || typeof z !== 'number') return 'BAD_POINT'
    frame.points[index++] = x
    frame.points[index++] = y
    frame.points[index++] = z
  }
  return checkCoordinates(frame.points, points.length)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
