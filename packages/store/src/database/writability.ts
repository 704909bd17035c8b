import { StoreError } from './store-error.js'

/**
 * Whether a database that answers is one to write to. That it is read-only is no reason to refuse
 * calls: reads go on, and a write is refused by the server itself, at once. That its disk is full only
 * a write can tell; so the heartbeats of the process do.
 */
export interface Writability {
  /** What a probe saw. */
  see(isReadOnly: boolean): void
  /** What a statement was refused with. */
  note(refusal: StoreError): void
  readonly trouble: StoreError | null
}

export function createWritability(): Writability {
  let isReadOnly = false

  return {
    see(seen) {
      isReadOnly = seen
    },
    note(refusal) {
      if (refusal.code === 'DATABASE_READ_ONLY') isReadOnly = true
    },
    get trouble() {
      if (!isReadOnly) return null
      return new StoreError('DATABASE_READ_ONLY', 'a standby, or set read-only: reads go on')
    },
  }
}
