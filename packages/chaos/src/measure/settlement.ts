/** The end of a run: what was promised is waited for, the sessions end, their reports are read. */
import type { TimelineEntry } from '@bemore/core'
import type { SessionClient } from '../load/session-client.js'
import type { System } from '../system/system.js'
import { waitUntil } from '../until.js'
import { jsonOf, type ProbeReply, probe } from './http-probe.js'

export interface Settlement {
  /** Frames that no acknowledgement came for, 20 s after the last was sent. */
  readonly unacknowledged: number
  /** Sessions that could not be ended, or whose report could not be read. */
  readonly unsettled: number
  /** By session: the frames of each window of its report. */
  readonly reports: ReadonlyMap<string, ReadonlyMap<number, number>>
}

const ACKNOWLEDGE_LIMIT_MS = 20_000
const AT_ONCE = 8

export async function settleSessions(
  system: System,
  clients: readonly SessionClient[],
): Promise<Settlement> {
  const unacknowledged = () => clients.reduce((sum, client) => sum + client.unacknowledged, 0)
  await waitUntil(() => unacknowledged() === 0, ACKNOWLEDGE_LIMIT_MS)
  const left = unacknowledged()
  const reports = new Map<string, ReadonlyMap<number, number>>()
  let unsettled = 0
  for (let from = 0; from < clients.length; from += AT_ONCE) {
    const settle = async ({ session }: SessionClient) => {
      const url = `${system.apiUrl}/api/session/${session.id}`
      const ended = await probe(`${url}/end`, { method: 'POST' })
      const report = await probe(`${url}/report`)
      if (ended.status !== 200 || report.status !== 200) unsettled += 1
      else reports.set(session.id, framesByWindow(report))
    }
    await Promise.all(clients.slice(from, from + AT_ONCE).map(settle))
  }
  return { unacknowledged: left, unsettled, reports }
}

function framesByWindow(reply: ProbeReply): ReadonlyMap<number, number> {
  const report = jsonOf(reply)?.['data'] as { readonly timeline: readonly TimelineEntry[] }
  return new Map(report.timeline.map(({ window, frameCount }) => [window, frameCount]))
}

/** Whether a report can be read, which needs API and database. */
export async function readsReport(
  system: System,
  clients: readonly SessionClient[],
): Promise<boolean> {
  const id = clients[0]?.session.id
  if (id === undefined) return true
  return (await probe(`${system.apiUrl}/api/session/${id}/report`)).status === 200
}
