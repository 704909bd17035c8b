import { createVoiceFrame, encodeVoiceFrame } from '@bemore/protocol'
import { createSimulatedVoice } from '@bemore/testing'
import type { PlannedLine } from './dialogue-plan.js'

export const VOICE_FRAME_MS = 40
const SAMPLE_RATE = 16_000
const FRAME_SAMPLES = (SAMPLE_RATE * VOICE_FRAME_MS) / 1000
const ROOM_MS = 4_000

export interface VoiceSource {
  /** The binary frame that begins at a moment of the stream. `capturedAt` is Unix ms. */
  frameAt(streamedMs: number, capturedAt: number): Uint8Array
}

/**
 * What a microphone before the plan's speaker would send: a voice while a line is spoken, and the room
 * in between. A line's sound is made when its turn comes, so that a long demo holds only one.
 */
export function createVoiceSource(lines: readonly PlannedLine[]): VoiceSource {
  const room = createSimulatedVoice({ script: [{ pauseMs: ROOM_MS }] }).samples
  const frame = createVoiceFrame()
  frame.sampleRate = SAMPLE_RATE
  frame.sampleCount = FRAME_SAMPLES
  let spoken: { readonly line: PlannedLine; readonly sound: Int16Array } | null = null

  const soundOf = (line: PlannedLine): Int16Array => {
    if (spoken?.line !== line) {
      const speak = { speakMs: line.toMs - line.fromMs, effort: line.effort }
      const voice = createSimulatedVoice({ script: [speak], seed: 1 + lines.indexOf(line) })
      spoken = { line, sound: voice.samples }
    }
    return spoken.sound
  }

  return {
    frameAt(streamedMs, capturedAt) {
      const line = lines.find(({ fromMs, toMs }) => streamedMs >= fromMs && streamedMs < toMs)
      const sound = line === undefined ? room : soundOf(line)
      const from = Math.round(((streamedMs - (line?.fromMs ?? 0)) * SAMPLE_RATE) / 1000)
      for (let at = 0; at < FRAME_SAMPLES; at++) {
        // Past the last word of a line the room is heard again.
        frame.samples[at] = sound[from + at] ?? room[(from + at) % room.length] ?? 0
      }
      frame.seq += 1
      frame.clientTimeMs = capturedAt
      return encodeVoiceFrame(frame)
    },
  }
}
