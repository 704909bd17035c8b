import type { ApiConfig, Environment, RealtimeConfig } from '@bemore/ops'
import type { Database } from '@bemore/store'

/** What the steps on the machine itself have found. */
export interface HostEvidence {
  readonly env: Environment
  readonly cwd: string
  api?: ApiConfig
  realtime?: RealtimeConfig
  database?: Database
  facts?: DatabaseFacts
  /** Where this BeMore's own API answers. */
  apiUrl?: string
}

/** What the database says of itself. */
export interface DatabaseFacts {
  readonly version: string
  /** 150004 is 15.4. */
  readonly versionNumber: number
  readonly isStandby: boolean
  readonly isReadOnly: boolean
  readonly isEncrypted: boolean
  /** Its clock minus ours, ms; exact to half of the round trip. */
  readonly clockOffsetMs: number
}
