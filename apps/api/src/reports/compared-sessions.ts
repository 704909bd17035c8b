import type { Bus, Store } from '@bemore/store'

/** A session that a report is compared with, as it was when it was. */
export interface ComparedSession {
  readonly id: string
  readonly lastSeq: number
}

/**
 * Looks after the sessions that kept reports are compared with: a report tells of them, so it is over
 * as soon as one of them grows, as by a withdrawal, or is erased.
 */
export interface ComparedSessions {
  /** @returns what ends it; `onChange` is called at most once, and not after that */
  hold(sessions: readonly ComparedSession[], onChange: () => void): () => void
  /** Tells it at once: the hint comes a moment later. */
  tell(sessionId: string): void
  /** By the database: hints may have been missed. @throws StoreError */
  areUnchanged(sessions: readonly ComparedSession[]): Promise<boolean>
}

export function createComparedSessions(deps: {
  readonly bus: Pick<Bus, 'hold'>
  readonly store: Pick<Store, 'log'>
}): ComparedSessions {
  const { bus, store } = deps
  const holders = new Map<string, Set<() => void>>()

  const add = (sessionId: string, holder: () => void) => {
    const known = holders.get(sessionId)
    if (known === undefined) holders.set(sessionId, new Set([holder]))
    else known.add(holder)
  }
  const remove = (sessionId: string, holder: () => void) => {
    const known = holders.get(sessionId)
    known?.delete(holder)
    if (known?.size === 0) holders.delete(sessionId)
  }

  return {
    hold(sessions, onChange) {
      let isOver = false
      const change = () => {
        if (isOver) return
        end()
        onChange()
      }
      const holds = sessions.map(({ id, lastSeq }) => bus.hold(id, lastSeq, change))
      const end = () => {
        isOver = true
        for (const hold of holds) hold.release()
        for (const { id } of sessions) remove(id, change)
      }
      for (const { id } of sessions) add(id, change)
      return end
    },
    tell(sessionId) {
      for (const change of [...(holders.get(sessionId) ?? [])]) change()
    },
    async areUnchanged(sessions) {
      if (sessions.length === 0) return true
      const lastSeqs = await store.log.lastSeqs(sessions.map(({ id }) => id))
      return sessions.every(({ id, lastSeq }) => lastSeqs.get(id) === lastSeq)
    },
  }
}
