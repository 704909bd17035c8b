import type { ComparedSession } from './compared-sessions.js'
import type { ReportContent } from './report-kind.js'

/** A report kept in memory, with what keeps it right. */
export interface CachedReport extends ReportContent {
  /** The log has grown beyond `seq`, or may have. */
  isBehind(): boolean
  readonly compared: readonly ComparedSession[]
  release(): void
}

/** Least recently used first out; bounded in number and in bytes. What leaves it is released. */
export interface ReportCache {
  get(key: string): CachedReport | undefined
  set(key: string, report: CachedReport): void
  delete(key: string): void
  clear(): void
  readonly size: number
  readonly bytes: number
}

/** What an entry costs besides its body: keys, objects, its hold on the bus. */
const ENTRY_OVERHEAD_BYTES = 1_024
/** And each session that it is compared with, which is held, too. */
const COMPARED_BYTES = 512

export function createReportCache(limits: {
  readonly maxEntries: number
  readonly maxBytes: number
}): ReportCache {
  // A Map iterates in order of insertion, and every use inserts anew.
  const entries = new Map<string, CachedReport>()
  let bytes = 0
  const cost = ({ body, compared }: CachedReport) =>
    body.length + ENTRY_OVERHEAD_BYTES + compared.length * COMPARED_BYTES

  const remove = (key: string) => {
    const entry = entries.get(key)
    if (entry === undefined) return
    entries.delete(key)
    bytes -= cost(entry)
    entry.release()
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry
    },
    set(key, report) {
      remove(key)
      entries.set(key, report)
      bytes += cost(report)
      while (bytes > limits.maxBytes || entries.size > limits.maxEntries) {
        const [oldest] = entries.keys()
        if (oldest === undefined) return
        remove(oldest)
      }
    },
    delete: remove,
    clear() {
      for (const key of [...entries.keys()]) remove(key)
    },
    get size() {
      return entries.size
    },
    get bytes() {
      return bytes
    },
  }
}
