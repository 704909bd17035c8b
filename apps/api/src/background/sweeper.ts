import { createEvent, decideCommand } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import type { Store } from '@bemore/store'

/**
 * Ends what nobody ended: the web client never says that its tab was closed, and a process that died
 * cannot close its channels. Several sweepers may work at once: a session is judged again under its
 * lock, and a channel's closing has the same key whoever appends it.
 */
export interface Sweeper {
  /** One pass over at most `BATCHES` batches of each. */
  run(): Promise<void>
}

export interface SweeperDeps {
  readonly store: Store
  readonly log: Logger
  /** Name of this process in the log of events. */
  readonly producer: string
  readonly abandonAfterMs: number
  readonly staleMs: number
  now(): number
}

const BATCH = 200
/** More than these wait for the next pass: sweeping must not keep the database from the living. */
const BATCHES = 10

export function createSweeper(deps: SweeperDeps): Sweeper {
  const { store, log, producer, abandonAfterMs, staleMs, now } = deps

  const endAbandoned = async (sessionId: string, before: number): Promise<number> => {
    const result = await store.log.transact(sessionId, producer, (session) => {
      const { status, openChannels, lastActiveAt, startedAt } = session
      if (openChannels > 0 || lastActiveAt >= before) return []
      // It ended when it was last heard of: the silence since then is no part of it.
      const at = Math.max(startedAt, lastActiveAt)
      const decision = decideCommand(status, { type: 'end', reason: 'abandoned' }, at)
      return decision.ok ? decision.events : []
    })
    return result?.appended ?? 0
  }

  const sweepAbandoned = async (): Promise<number> => {
    const before = now() - abandonAfterMs
    let ended = 0
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const sessionIds = await store.sessions.listAbandoned(before, BATCH)
      for (const sessionId of sessionIds) ended += await endAbandoned(sessionId, before)
      if (sessionIds.length < BATCH) break
    }
    return ended
  }

  const closeOrphans = async (): Promise<number> => {
    let closed = 0
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const orphans = await store.processes.listOrphanChannels(staleMs, BATCH)
      if (orphans.length === 0) break
      const { appended } = await store.log.append(
        orphans.map(({ sessionId, channel, connectionId, processId, openedAt }) => ({
          sessionId,
          event: createEvent('channel.closed', now(), {
            channel,
            connectionId,
            processId,
            code: 0,
          }),
          // The time is part of the key: a process that was not dead opens its channel again.
          producer: `reaper:${connectionId}:${channel}:${openedAt}`,
          producerSeq: 1,
        })),
      )
      closed += appended.reduce((sum, { count }) => sum + count, 0)
      if (orphans.length < BATCH) break
    }
    return closed
  }

  return {
    async run() {
      // Orphans first: their sessions may be the abandoned ones.
      const channels = await closeOrphans()
      const sessions = await sweepAbandoned()
      if (channels + sessions > 0) {
        log.info({ event: 'sweep.done', channels, sessions }, 'closed what was left behind')
      }
    },
  }
}
