/** What one client saw, counted by itself: the log is held against it later. */
import { windowIndexAt } from '@bemore/core'

/** Times are `performance.now()`. */
export interface Outage {
  readonly fromMs: number
  /** null: not over yet. */
  toMs: number | null
}

export interface ClientTally {
  /** Frames captured and handed to a socket or kept for one; a frame sent again is one frame. */
  readonly sent: number
  /** Of these, by window of the session's clock. */
  readonly sentByWindow: ReadonlyMap<number, number>
  /** Times in which the client had no landmarks socket. */
  readonly outages: readonly Outage[]
  countFrame(wallMs: number): void
  connected(): void
  disconnected(): void
}

export function createClientTally(startedAt: number): ClientTally {
  const sentByWindow = new Map<number, number>()
  const outages: Outage[] = []
  let sent = 0
  const last = () => outages.at(-1)

  return {
    get sent() {
      return sent
    },
    sentByWindow,
    outages,
    countFrame(wallMs) {
      sent += 1
      const index = windowIndexAt(startedAt, wallMs)
      sentByWindow.set(index, (sentByWindow.get(index) ?? 0) + 1)
    },
    connected() {
      const outage = last()
      if (outage !== undefined) outage.toMs ??= performance.now()
    },
    disconnected() {
      if (last()?.toMs === null) return
      outages.push({ fromMs: performance.now(), toMs: null })
    },
  }
}
