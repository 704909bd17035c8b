/**
 * The account after a fault: what the clients say they sent and were promised, against what the
 * reports of their sessions say. A report is a fold of the log, in which each frame counts once.
 */
import type { SessionClient } from '../load/session-client.js'

export interface Account {
  /** Sent by resuming clients. */
  readonly sent: number
  readonly acknowledged: number
  /** Acknowledged and not in the report: must be none. */
  readonly lost: number
  /** In the report more often than they were sent: must be none. */
  readonly duplicated: number
  /** In a window beyond what was captured in its time, over all windows. */
  readonly misplaced: number
  /** Announced as a gap by the server, and so not acknowledged. */
  readonly announcedLost: number
  /** Windows in which plain clients sent for two seconds or more, */
  readonly windows: number
  /** and those of them that hold less than half of what was sent. */
  readonly windowsLost: number
}

/** Frames at the edge of two windows may be counted on the other side of it. */
const EDGE_MS = 600
const LEAST_MS = 2_000

export function drawAccount(
  reports: ReadonlyMap<string, ReadonlyMap<number, number>>,
  clients: readonly SessionClient[],
  framesPerSecond: number,
): Account {
  const edge = Math.ceil((EDGE_MS / 1_000) * framesPerSecond)
  const account = { ...NOTHING }
  for (const client of clients) {
    const windows = reports.get(client.session.id) ?? new Map<number, number>()
    if (client.kind === 'plain') {
      for (const [index, sent] of client.tally.sentByWindow) {
        if (sent < (LEAST_MS / 1_000) * framesPerSecond) continue
        account.windows += 1
        if ((windows.get(index) ?? 0) < sent / 2) account.windowsLost += 1
      }
      continue
    }
    const counted = [...windows.values()].reduce((sum, frames) => sum + frames, 0)
    account.sent += client.tally.sent
    account.acknowledged += client.acknowledged
    account.lost += Math.max(0, client.acknowledged - counted)
    account.duplicated += Math.max(0, counted - client.tally.sent)
    account.announcedLost += client.announcedLost
    for (const [index, frames] of windows) {
      const captured = client.tally.sentByWindow.get(index) ?? 0
      account.misplaced += Math.max(0, frames - captured - edge)
    }
  }
  return account
}

const NOTHING: { -readonly [Key in keyof Account]: number } = {
  sent: 0,
  acknowledged: 0,
  lost: 0,
  duplicated: 0,
  misplaced: 0,
  announcedLost: 0,
  windows: 0,
  windowsLost: 0,
}
