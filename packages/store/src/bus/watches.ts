/** One `hold` or `follow` of a session. */
export interface Watch {
  readonly sessionId: string
  /** Its session's `last_seq` as just learnt; null: deleted. Must not throw. */
  readonly hear: (lastSeq: number | null) => void
}

/** Who watches which session; everything is O(1) in the number of sessions. */
export interface Watches {
  add(watch: Watch): void
  remove(watch: Watch): void
  has(sessionId: string): boolean
  hear(sessionId: string, lastSeq: number | null): void
  sessionIds(): string[]
}

export function createWatches(): Watches {
  const bySession = new Map<string, Set<Watch>>()
  return {
    add(watch) {
      const known = bySession.get(watch.sessionId)
      if (known === undefined) bySession.set(watch.sessionId, new Set([watch]))
      else known.add(watch)
    },
    remove(watch) {
      const known = bySession.get(watch.sessionId)
      known?.delete(watch)
      if (known?.size === 0) bySession.delete(watch.sessionId)
    },
    has: (sessionId) => bySession.has(sessionId),
    hear(sessionId, lastSeq) {
      for (const watch of bySession.get(sessionId) ?? []) watch.hear(lastSeq)
    },
    sessionIds: () => [...bySession.keys()],
  }
}
