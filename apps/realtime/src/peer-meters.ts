import { createTokenBucket, type RealtimeConfig, type TokenBucket } from '@bemore/ops'
import { createFrameClock, type FrameClock } from './frame-clock.js'
import { createSlidingCount, type SlidingCount } from './sliding-count.js'

/** What is passed, what is dropped, and what is too much to go on talking. */
export interface Allowance {
  readonly perSecond: number
  readonly bucket: TokenBucket
  /** Runs empty after FLOOD_SECONDS of FLOOD_FACTOR times the limit: no client does that by accident. */
  readonly flood: TokenBucket
}

export const BURST_SECONDS = 2
const FLOOD_FACTOR = 10
const FLOOD_SECONDS = 5
const ERROR_REPLIES_PER_SECOND = 5
const RATE_NOTICES_PER_SECOND = 1
const SAMPLES_PER_SECOND = 2

/**
 * The meters of one socket. Each is made when it is first needed: most sockets only ever ping, and a
 * process holds many thousands of them.
 */
export interface PeerMeters {
  readonly frameClock: FrameClock
  readonly voiceClock: FrameClock
  readonly landmarks: Allowance
  readonly voice: Allowance
  readonly controls: Allowance
  readonly malformed: SlidingCount
  /** A client that sends nonsense is told so, but not once for each message. */
  readonly errorReplies: TokenBucket
  readonly rateNotices: TokenBucket
  /** What is still looked at of the frames of a client that sends without credit. */
  readonly samples: TokenBucket
}

type MeterLimits = Pick<RealtimeConfig, 'landmarkFps' | 'voiceFps' | 'controlPerSecond'>

const createAllowance = (perSecond: number): Allowance => ({
  perSecond,
  bucket: createTokenBucket(perSecond, perSecond * BURST_SECONDS),
  flood: createTokenBucket(perSecond * FLOOD_FACTOR, perSecond * FLOOD_FACTOR * FLOOD_SECONDS),
})

export function createPeerMeters(limits: MeterLimits): PeerMeters {
  return new LazyMeters(limits)
}

class LazyMeters implements PeerMeters {
  readonly #limits: MeterLimits
  #frameClock: FrameClock | undefined
  #landmarks: Allowance | undefined
  #voice: Allowance | undefined
  #voiceClock: FrameClock | undefined
  #controls: Allowance | undefined
  #malformed: SlidingCount | undefined
  #errorReplies: TokenBucket | undefined
  #rateNotices: TokenBucket | undefined
  #samples: TokenBucket | undefined

  constructor(limits: MeterLimits) {
    this.#limits = limits
  }

  get frameClock(): FrameClock {
    this.#frameClock ??= createFrameClock()
    return this.#frameClock
  }

  get voiceClock(): FrameClock {
    this.#voiceClock ??= createFrameClock()
    return this.#voiceClock
  }

  get landmarks(): Allowance {
    this.#landmarks ??= createAllowance(this.#limits.landmarkFps)
    return this.#landmarks
  }

  get voice(): Allowance {
    this.#voice ??= createAllowance(this.#limits.voiceFps)
    return this.#voice
  }

  get controls(): Allowance {
    this.#controls ??= createAllowance(this.#limits.controlPerSecond)
    return this.#controls
  }

  get malformed(): SlidingCount {
    this.#malformed ??= createSlidingCount()
    return this.#malformed
  }

  get errorReplies(): TokenBucket {
    this.#errorReplies ??= createTokenBucket(ERROR_REPLIES_PER_SECOND, ERROR_REPLIES_PER_SECOND)
    return this.#errorReplies
  }

  get rateNotices(): TokenBucket {
    this.#rateNotices ??= createTokenBucket(RATE_NOTICES_PER_SECOND, 1)
    return this.#rateNotices
  }

  get samples(): TokenBucket {
    this.#samples ??= createTokenBucket(SAMPLES_PER_SECOND, 1)
    return this.#samples
  }
}
