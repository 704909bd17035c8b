import type { OpenChannel, Store } from '@bemore/store'
import { selectLiveProcesses } from '../background/live-processes.js'

/**
 * The session's open channels whose process is alive. A channel of a dead process will neither flush
 * nor close, so nobody should wait for it; the sweeper closes it. One that was opened again since says
 * that its process lost it, long before the missing heartbeats do.
 */
export type FindLiveChannels = (sessionId: string) => Promise<readonly OpenChannel[]>

export function createLiveChannelFinder(
  store: Pick<Store, 'log' | 'processes'>,
  staleMs: number,
): FindLiveChannels {
  return async (sessionId) => {
    const channels = await store.log.openChannels(sessionId)
    if (channels.length === 0) return channels
    const processes = selectLiveProcesses(await store.processes.list(), staleMs)
    const live = new Set(processes.map(({ id }) => id))
    const isLatest = ({ channel, openedAt }: OpenChannel) =>
      channels.every((other) => other.channel !== channel || other.openedAt <= openedAt)
    return channels.filter((each) => live.has(each.processId) && isLatest(each))
  }
}
