import { StoreError } from './store-error.js'

/**
 * What keeps a database that answers from taking writes. It is no reason to refuse calls: reads go on,
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
 * That a full disk has room again only a write can tell. As long as there are writes there are
 * refusals: without one for this long, there is room.
 */
const FULL_SHOWN_MS = 5_000

export function createWritability(): Writability {
  let isReadOnly = false
  let full: { readonly refusal: StoreError; readonly at: number } | null = null

  return {
    see(seen) {
      isReadOnly = seen
    },
    note(refusal) {
      if (refusal.code === 'DATABASE_READ_ONLY') isReadOnly = true
      if (refusal.code === 'DATABASE_FULL') full = { refusal, at: performance.now() }
    },
    get trouble() {
      if (isReadOnly) {
        return new StoreError('DATABASE_READ_ONLY', 'a standby, or set read-only: reads go on')
      }
      return full !== null && performance.now() - full.at < FULL_SHOWN_MS ? full.refusal : null
    },
  }
}
