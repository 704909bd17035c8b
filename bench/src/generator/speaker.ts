import { createVoiceFrame, encodeVoiceFrame } from '@bemore/protocol'
import { createSimulatedVoice } from '@bemore/testing'
import { buildClientFrame, OPCODE } from './client-frame.js'
import { buildStampedBinary } from './frame-set.js'
import type { RawSocket } from './raw-socket.js'

/** Somebody at a microphone: sound in frames, and now and then what was said, as text. */
export interface Speaker {
  readonly socket: RawSocket
  /** Sends the next piece of sound. @returns its bytes; 0: earlier ones are unsent, and it was left out */
  sendSound(nowMs: number): number
  /** Says something, under an id of its own. @returns its bytes */
  say(): number
}

export const VOICE_FRAME_MS = 20
const SAMPLE_RATE = 16_000
/** Pieces that may wait, as sound does in a browser that is busy. */
const FRAMES_UNSENT = 5

/** 60 characters each, or a little more. */
export const UTTERANCES: readonly string[] = [
  '오늘은 회의에서 준비한 내용을 끝까지 말하지 못해서 집에 오는 길 내내 마음이 무겁고 정말 많이 속상했어요.',
  '저는 하는 일마다 실패하는 것 같아요. 다른 사람들은 다 잘하는데 역시 저만 늘 부족한 사람인가 봐요. 그래요.',
  '어제는 오랜만에 친구를 만나서 같이 저녁을 먹었는데 이야기를 나누다 보니 기분이 조금은 정말로 한결 나아졌어요.',
  'I kept thinking about what my manager said, and I slept very badly.',
]

/** Two thirds of it speech, in payloads of 20 ms. */
export function recordSounds(): readonly Uint8Array[] {
  const voice = createSimulatedVoice({
    script: [{ speakMs: 2_000 }, { pauseMs: 1_000 }],
    sampleRate: SAMPLE_RATE,
    snrDb: 20,
  })
  const frame = createVoiceFrame()
  return [...voice.chunks(VOICE_FRAME_MS)].map(({ samples }) => {
    frame.samples.set(samples)
    return encodeVoiceFrame(
      Object.assign(frame, { sampleCount: samples.length, sampleRate: SAMPLE_RATE }),
    )
  })
}

/** @param index of the speaker: each is at another place of the talk. */
export function createSpeaker(
  socket: RawSocket,
  sounds: readonly Uint8Array[],
  index: number,
): Speaker {
  const frames = sounds.map(buildStampedBinary)
  let nextSeq = 0
  let utterances = 0
  return {
    socket,
    sendSound(nowMs) {
      const frame = frames[(nextSeq + index) % frames.length]!
      if (socket.unsentBytes > FRAMES_UNSENT * frame.bytes.length) return 0
      frame.stamp(nextSeq, nowMs)
      socket.write(frame.bytes)
      nextSeq += 1
      return frame.bytes.length
    },
    say() {
      const text = UTTERANCES[(utterances + index) % UTTERANCES.length]
      const data = { id: `bench-${index}-${utterances}`, text, final: true }
      utterances += 1
      const payload = Buffer.from(JSON.stringify({ type: 'stt_text', data }))
      const { bytes } = buildClientFrame(OPCODE.text, payload)
      socket.write(bytes)
      return bytes.length
    },
  }
}
