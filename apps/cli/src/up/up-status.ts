import type { ProcessStatus } from './supervised-process.js'

/** What a running `up` says of itself on its control port: for `bemore status`, demos and tests. */
export interface UpStatus {
  /** Random: proves that the answer comes from the very `up` that wrote the run file. */
  readonly instanceId: string
  readonly pid: number
  readonly state: 'starting' | 'running' | 'stopping'
  /** Unix ms. */
  readonly startedAt: number
  readonly urls: UpUrls
  readonly database: DatabaseStatus | null
  readonly processes: readonly ProcessStatus[]
}

export interface UpUrls {
  readonly api: string
  readonly docs: string
  /** As the start reply's `wsUrls` will say. */
  readonly websocket: string
  /** Of each realtime process. */
  readonly realtime: readonly string[]
}

export interface DatabaseStatus {
  readonly kind: 'embedded' | 'external'
  /** The data folder, or host, port and name: never a password. */
  readonly location: string
  readonly pid: number | null
  readonly restarts: number
}
