/**
 * Voice as bytes, little-endian, after the 16-byte header: `u32 sampleRate | s16le mono samples`.
 * At most 100 ms a frame, so that the decoder's buffer is bounded and a lost frame costs little;
 * shorter than the advised 20 ms is accepted, because the last piece of a recording is.
 */
import {
  checkFrameHeader,
  FRAME_FLAG,
  FRAME_HEADER_BYTES,
  FRAME_KIND,
  isClientTime,
  readClientTime,
  readFlags,
  readSeq,
  viewOf,
  writeFrameHeader,
} from './frame-header.js'
import type { FrameVerdict } from './frame-problem.js'

export const MIN_SAMPLE_RATE = 8_000
export const MAX_SAMPLE_RATE = 48_000
export const MAX_VOICE_FRAME_MS = 100

const SAMPLE_RATE_AT = FRAME_HEADER_BYTES
const SAMPLES_AT = SAMPLE_RATE_AT + 4

/** A piece of the microphone's sound. Owned by the caller and reused; read it only after `ok`. */
export interface VoiceFrame {
  /** Signed 16-bit PCM, mono; only the first `sampleCount` belong to this frame. */
  readonly samples: Int16Array
  sampleCount: number
  /** Hz, 8000 to 48000. */
  sampleRate: number
  /** The user has muted the microphone: silence is a choice, not a pause in speech. */
  muted: boolean
  /** 0 to 4294967295. */
  seq: number
  /** The client's clock at the first sample, milliseconds since 1970. */
  clientTimeMs: number
}

export const createVoiceFrame = (): VoiceFrame => ({
  samples: new Int16Array((MAX_SAMPLE_RATE * MAX_VOICE_FRAME_MS) / 1000),
  sampleCount: 0,
  sampleRate: 16_000,
  muted: false,
  seq: 0,
  clientTimeMs: 0,
})

const isSampleRate = (hz: number): boolean =>
  hz >= MIN_SAMPLE_RATE && hz <= MAX_SAMPLE_RATE && hz % 1 === 0

const isDuration = (sampleCount: number, sampleRate: number, muted: boolean): boolean =>
  (sampleCount > 0 || muted) && sampleCount * 1000 <= sampleRate * MAX_VOICE_FRAME_MS

/**
 * Fills `frame` from a message of kind 3, or names what is wrong with it. Never throws, never reads
 * outside `bytes`, keeps no reference to it.
 */
export function decodeVoiceFrame(bytes: Uint8Array, frame: VoiceFrame): FrameVerdict {
  const header = checkFrameHeader(bytes, 'voice')
  if (header !== 'ok') return header
  if (bytes.length < SAMPLES_AT || bytes.length % 2 === 1) return 'TRUNCATED'

  const view = viewOf(bytes)
  const clientTimeMs = readClientTime(view)
  const sampleRate = view.getUint32(SAMPLE_RATE_AT, true)
  const sampleCount = (bytes.length - SAMPLES_AT) / 2
  const muted = (readFlags(view) & FRAME_FLAG.muted) !== 0
  if (!isClientTime(clientTimeMs)) return 'BAD_TIMESTAMP'
  if (!isSampleRate(sampleRate)) return 'BAD_SAMPLE_RATE'
  if (!isDuration(sampleCount, sampleRate, muted)) return 'BAD_DURATION'

  frame.clientTimeMs = clientTimeMs
  frame.sampleRate = sampleRate
  frame.sampleCount = sampleCount
  frame.muted = muted
  frame.seq = readSeq(view)
  for (let i = 0; i < sampleCount; i++) {
    frame.samples[i] = view.getInt16(SAMPLES_AT + i * 2, true)
  }
  return 'ok'
}

/** @throws RangeError when the frame is one the decoder would refuse. */
export function encodeVoiceFrame(frame: VoiceFrame): Uint8Array<ArrayBuffer> {
  const { samples, sampleCount, sampleRate, muted, seq, clientTimeMs } = frame
  if (!isSampleRate(sampleRate)) {
    throw new RangeError(`sampleRate must be 8000 to 48000 Hz, not ${sampleRate}`)
  }
  if (sampleCount > samples.length || !isDuration(sampleCount, sampleRate, muted)) {
    throw new RangeError(`a voice frame holds up to 100 ms, not ${sampleCount} samples`)
  }
  const view = new DataView(new ArrayBuffer(SAMPLES_AT + sampleCount * 2))
  writeFrameHeader(view, FRAME_KIND.voice, muted ? FRAME_FLAG.muted : 0, seq, clientTimeMs)
  view.setUint32(SAMPLE_RATE_AT, sampleRate, true)
  for (let i = 0; i < sampleCount; i++) view.setInt16(SAMPLES_AT + i * 2, samples[i]!, true)
  return new Uint8Array(view.buffer)
}
