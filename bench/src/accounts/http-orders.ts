import type { Percentiles } from '../measure/percentiles.js'

/** A request as it is sent again and again. */
export interface Shot {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the benchmark asks of a load process of its own; it carries out one and ends. */
export interface HttpOrder {
  readonly port: number
  readonly durationMs: number
  /** At once by autocannon, as fast as answers come; or one after the other, evenly, so many a second. */
  readonly load: { readonly connections: number } | { readonly perSecond: number }
  /** Taken in turn. With more than connections none is under way twice. */
  readonly shots: readonly Shot[]
  /** A name in the data of a reply whose value goes into the body of the same shot's next request. */
  readonly chain: string | null
}

export interface HttpReport {
  readonly requestsPerSecond: number
  /** From a request to the end of its reply, ms. */
  readonly latency: Percentiles
  /** How many replies by status; those that never came are 'none'. */
  readonly replies: Readonly<Record<string, number>>
}
