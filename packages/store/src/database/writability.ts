import { StoreError } from './store-error.js'

/**
 * Whether a database that answers is one to write to. It is no reason to refuse calls: reads go on,
 * and a write is refused by the server itself, at once.
 */
export interface Writability {
  /** What a probe saw. */
  see(isReadOnly: boolean): void
  /** What a statement was refused with. */
  note(refusal: StoreError): void
  readonly trouble: StoreError | null
}

/**
 * That a full disk has room again only a write can tell, and not each: a heartbeat may still find a
 * page with space. But where windows wait there is a try a second; without a refusal for this long,
 * there is room, or nobody who needs it.
 */
const FULL_SHOWN_MS = 5_000

export function createWritability(now = () => performance.now()): Writability {
  let isReadOnly = false
  let full: { readonly refusal: StoreError; readonly at: number } | null = null

  return {
    see(seen) {
      isReadOnly = seen
    },
    note(refusal) {
      if (refusal.code === 'DATABASE_READ_ONLY') isReadOnly = true
      if (refusal.code === 'DATABASE_FULL') full = { refusal, at: now() }
    },
    get trouble() {
      if (isReadOnly) {
        return new StoreError('DATABASE_READ_ONLY', 'a standby, or set read-only: reads go on')
      }
      return full !== null && now() - full.at < FULL_SHOWN_MS ? full.refusal : null
    },
  }
}
