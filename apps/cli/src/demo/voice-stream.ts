import { setTimeout as sleep } from 'node:timers/promises'
import type { SessionSockets } from './session-sockets.js'
import type { SpokenRecorder } from './spoken-tally.js'
import type { Stopwatch } from './stopwatch.js'
import { VOICE_FRAME_MS, type VoiceSource } from './voice-source.js'

export interface VoiceStreamOptions {
  readonly totalMs: number
  readonly source: VoiceSource
  readonly sockets: SessionSockets
  readonly spoken: SpokenRecorder
  /** Running since the stream began. */
  readonly clock: Stopwatch
  readonly stop: AbortSignal
}

/** Sound that is later than this is left out, as by a browser that was suspended. */
const MOST_LATE_MS = 1_000

/** Sends the sound as it would be captured, without a hole; the pause of the session included. */
export async function streamVoice(options: VoiceStreamOptions): Promise<void> {
  const { totalMs, source, sockets, spoken, clock, stop } = options
  let nextMs = 0
  while (nextMs < totalMs && !stop.aborted) {
    const elapsedMs = clock.elapsedMs()
    if (elapsedMs - nextMs > MOST_LATE_MS) {
      nextMs = elapsedMs - (elapsedMs % VOICE_FRAME_MS)
    }
    for (; nextMs + VOICE_FRAME_MS <= elapsedMs; nextMs += VOICE_FRAME_MS) {
      const capturedAt = Date.now() - (elapsedMs - nextMs)
      spoken.voiceFrame(sockets.send('voice', source.frameAt(nextMs, capturedAt)))
    }
    await sleep(nextMs + VOICE_FRAME_MS - clock.elapsedMs(), undefined, { signal: stop }).catch(
      () => {},
    )
  }
}
