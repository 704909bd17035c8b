import type { RealtimeConfig } from '@bemore/ops'
import type { ConnectionLimits } from '@bemore/protocol'

/** What every client is told that its sockets are held to. */
export function announcedLimits(config: RealtimeConfig): ConnectionLimits {
  return {
    maxMessageBytes: config.maxMessageBytes,
    landmarkFramesPerSecond: config.landmarkFps,
    voiceFramesPerSecond: config.voiceFps,
    pingIntervalMs: config.pingIntervalMs,
    idleTimeoutMs: config.idleTimeoutMs,
    slowConsumerBytes: config.slowConsumerBytes,
    slowConsumerMs: config.slowConsumerMs,
  }
}
