import type { Logger } from '@bemore/ops'
import { describeFault } from './disk-fault.js'

/**
 * What is wrong with a journal now, for health, and in the log once each time it begins. Events that do
 * not get into files, and files that do not get onto the disk, are two troubles: the one heals with the
 * next write, the other only with the file it befell.
 */
export interface Faults {
  fail(error: unknown): void
  heal(): void
  failSync(error: unknown): void
  healSync(): void
  /** Events that lay there and cannot be read. */
  reportDamage(events: number, error?: unknown): void
  /** The same where it has been told already. */
  addDamage(events: number): void
  readonly isUnwritable: boolean
  /** null: nothing is wrong. */
  readonly detail: string | null
  readonly damaged: number
}

export function createFaults(log: Logger): Faults {
  let write: string | null = null
  let sync: string | null = null
  let damaged = 0

  return {
    fail(error) {
      const detail = describeFault(error)
      if (write === null) {
        log.error({ event: 'journal.unwritable', detail }, 'events wait in memory only')
      }
      write = detail
    },
    heal() {
      if (write === null) return
      write = null
      log.info({ event: 'journal.writable' }, 'the journal is written again')
    },
    failSync(error) {
      const detail = describeFault(error)
      if (sync === null)
        log.error({ event: 'journal.unsynced', detail }, 'events are in files only')
      sync = detail
    },
    healSync() {
      sync = null
    },
    reportDamage(events, error) {
      damaged += events
      const detail = error === undefined ? 'checksum' : describeFault(error)
      log.error({ event: 'journal.damaged', events, detail }, 'journaled events cannot be read')
    },
    addDamage(events) {
      damaged += events
    },
    get isUnwritable() {
      return write !== null
    },
    get detail() {
      return write ?? sync
    },
    get damaged() {
      return damaged
    },
  }
}
