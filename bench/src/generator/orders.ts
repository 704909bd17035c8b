import type { Percentiles } from '../measure/percentiles.js'
import type { Encoding } from './frame-set.js'

/** What the benchmark asks of its generator process, one order at a time. */
export type Order =
  | {
      readonly type: 'open'
      readonly host: string
      readonly port: number
      /** One socket each, in this order. */
      readonly paths: readonly string[]
      /** null: the sockets will stay idle. */
      readonly encoding: Encoding | null
      /** One socket more each, for a voice and its words; none: they only show their faces. */
      readonly voicePaths: readonly string[]
    }
  | {
      readonly type: 'load'
      /** Over all sockets together, turn about. */
      readonly framesPerSecond: number
      readonly pingsPerSecond: number
      readonly voiceFramesPerSecond: number
      readonly utterancesPerSecond: number
      readonly durationMs: number
    }
  | { readonly type: 'close' }

export interface LoadReport {
  readonly sent: number
  readonly voiceFramesSent: number
  readonly utterancesSent: number
  /** Turns let pass because the socket still held earlier frames: the server, or we, fell behind. */
  readonly skipped: number
  readonly bytes: number
  readonly messagesReceived: number
  /** Ping to pong, ms. */
  readonly latency: Percentiles
  /** How much later than due frames were written, ms. */
  readonly lateness: Percentiles
  /** From the first frame until the server had handled the last, ms. */
  readonly elapsedMs: number
}

export interface OrderReply {
  readonly report: LoadReport | null
  readonly error: string | null
}
