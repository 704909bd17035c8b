import type { SocketScope } from '../channels.js'
import { FRAME_FLAG, FRAME_KIND, FRAME_VERSION } from '../frame-header.js'
import { encodeLandmarksF32, encodeLandmarksU16 } from '../landmark-binary.js'
import { createLandmarkFrame, type LandmarkFrame } from '../landmark-frame.js'
import { createVoiceFrame, encodeVoiceFrame, type VoiceFrame } from '../voice-frame.js'

interface Field {
  /** Bytes from the start of the message. */
  readonly at: number
  readonly type: string
  readonly name: string
  readonly note?: string
}

export interface BinaryFrame {
  readonly name: string
  readonly on: readonly SocketScope[]
  readonly summary: string
  readonly layout: readonly Field[]
  /** The whole of a small frame. */
  readonly example: Uint8Array
}

const header = (kind: number, flags: string): readonly Field[] => [
  { at: 0, type: 'u8', name: 'version', note: `${FRAME_VERSION}` },
  { at: 1, type: 'u8', name: 'kind', note: `${kind}` },
  { at: 2, type: 'u16', name: 'flags', note: flags },
  { at: 4, type: 'u32', name: 'seq', note: 'Frame number; read after `hello` only' },
  { at: 8, type: 'f64', name: 'clientTime', note: 'Unix ms' },
]

const FACE_FLAGS = `${FRAME_FLAG.mirrored}: mirrored picture, ${FRAME_FLAG.noFace}: no face in view`
const FACE_FIELDS: readonly Field[] = [
  { at: 16, type: 'u16', name: 'count', note: '478 or 468; 0 with no face in view, and only then' },
  { at: 18, type: 'u16', name: 'aspect', note: 'Picture width / height × 1000; 0: unknown' },
]

const EXAMPLE_TIME = Date.UTC(2026, 0, 5, 9, 30)
const noFace = (): LandmarkFrame => ({
  ...createLandmarkFrame(),
  ...{ seq: 7, clientTimeMs: EXAMPLE_TIME, aspect: 4 / 3 },
})
const muted = (): VoiceFrame => ({
  ...createVoiceFrame(),
  ...{ seq: 7, clientTimeMs: EXAMPLE_TIME, muted: true },
})

/** What may come as bytes, little-endian throughout; the codecs are the definition. */
export const listBinaryFrames = (): BinaryFrame[] => [
  {
    name: 'landmarks_f32',
    on: ['landmarks'],
    summary: 'A landmark frame as 32-bit floats',
    layout: [
      ...header(FRAME_KIND.landmarksF32, FACE_FLAGS),
      ...FACE_FIELDS,
      { at: 20, type: 'f32[count × 3]', name: 'points', note: 'x, y, z of point after point' },
    ],
    example: encodeLandmarksF32(noFace()),
  },
  {
    name: 'landmarks_u16',
    on: ['landmarks'],
    summary: 'A landmark frame in 2.9 KB: 16 bits a coordinate',
    layout: [
      ...header(FRAME_KIND.landmarksU16, FACE_FLAGS),
      ...FACE_FIELDS,
      { at: 20, type: 'f32[3]', name: 'origin' },
      { at: 32, type: 'f32[3]', name: 'scale' },
      {
        ...{ at: 44, type: 'u16[count × 3]', name: 'points' },
        note: 'q of x, y, z: the coordinate is origin + q / 65535 × scale',
      },
    ],
    example: encodeLandmarksU16(noFace()),
  },
  {
    name: 'voice_pcm',
    on: ['voice'],
    summary: 'Up to 100 ms of sound, 16-bit mono; send silence as well',
    layout: [
      ...header(FRAME_KIND.voice, `${FRAME_FLAG.muted}: muted, then there may be no samples`),
      { at: 16, type: 'u32', name: 'sampleRate', note: 'Hz, 8000 to 48000; 16000 preferred' },
      { at: 20, type: 's16[]', name: 'samples', note: 'To the end of the message' },
    ],
    example: encodeVoiceFrame(muted()),
  },
]

/** Bytes as text, for a document that cannot hold them. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
