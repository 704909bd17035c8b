/**
 * The account after a fault: what the clients say they sent and were promised, against what the log
 * holds. The log is read past every proxy and process.
 */
import postgres from 'postgres'
import type { SessionClient } from '../load/session-client.js'

export interface Account {
  /** Sent by resuming clients. */
  readonly sent: number
  readonly acknowledged: number
  /** Acknowledged and not in the log: must be none. */
  readonly lost: number
  /** In the log more often than they were sent: must be none. */
  readonly duplicated: number
  /** In a window of the log beyond what was captured in its time, over all windows. */
  readonly misplaced: number
  /** Announced as a gap by the server, and so not acknowledged. */
  readonly announcedLost: number
  /** Windows in which plain clients sent for two seconds or more, */
  readonly windows: number
  /** and those of them that hold less than half of what was sent. */
  readonly windowsLost: number
}

interface WindowRow {
  readonly session: string
  readonly index: number
  readonly frames: number
}

/** Frames at the edge of two windows may be counted on the other side of it. */
const EDGE_MS = 600
const LEAST_MS = 2_000

export async function drawAccount(
  databaseUrl: string,
  clients: readonly SessionClient[],
  framesPerSecond: number,
): Promise<Account> {
  const bySession = await readWindows(databaseUrl)
  const edge = Math.ceil((EDGE_MS / 1_000) * framesPerSecond)
  const account = { ...NOTHING }
  for (const client of clients) {
    const windows = bySession.get(client.session.id) ?? new Map<number, number>()
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

/** Frames of each window of each session, its parts added up. */
async function readWindows(databaseUrl: string): Promise<Map<string, Map<number, number>>> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const rows = await sql<WindowRow[]>`
      select session_id as session, (data->'window'->'index')::int as index,
             sum((data->'window'->'frames')::int)::int as frames
        from session_events where type = 'face.window' group by 1, 2`
    const bySession = new Map<string, Map<number, number>>()
    for (const { session, index, frames } of rows) {
      const windows = bySession.get(session) ?? new Map<number, number>()
      windows.set(index, frames)
      bySession.set(session, windows)
    }
    return bySession
  } finally {
    await sql.end({ timeout: 5 })
  }
}
