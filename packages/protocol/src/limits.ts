/** Limits a connection is held to; the server announces them in `connected.limits`. */
export interface ConnectionLimits {
  /** Largest message, bytes. */
  readonly maxMessageBytes: number
  /** Landmark frames a second a socket; bursts up to twice as many. */
  readonly landmarkFramesPerSecond: number
  /** Voice frames a second a socket; bursts up to twice as many. */
  readonly voiceFramesPerSecond: number
  /** Server pings this often, whatever the traffic, ms. */
  readonly pingIntervalMs: number
  /** Without any sign of life for this long the server closes with 4312, ms. */
  readonly idleTimeoutMs: number
  /** Unsent output, bytes, beyond which a slow reader is closed with 4308. */
  readonly slowConsumerBytes: number
  /** The same for output that stays unsent this long, ms. */
  readonly slowConsumerMs: number
}
