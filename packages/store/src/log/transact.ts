import type { NewSessionEvent } from '@bemore/core'
import type { Sql } from '../database/connection.js'
import { selectSession, sessionColumns } from '../sessions/session-row.js'
import type { SessionRow } from '../store.js'
import { appendEvents, assertValidEvents } from './append-events.js'

/**
 * Locks the session, lets `decide` see it, and appends what it says; to be run in a transaction.
 * What is decided under the lock needs no key of its producer: its place in the log is one.
 */
export async function transact(
  sql: Sql,
  sessionId: string,
  producer: string,
  decide: (session: SessionRow) => readonly NewSessionEvent[],
): Promise<{ session: SessionRow; appended: number } | null> {
  const [session] = await sql<SessionRow[]>`
    select ${sessionColumns(sql)} from sessions where id = ${sessionId} for no key update`
  if (session === undefined) return null
  const events = decide(session)
  if (events.length === 0) return { session, appended: 0 }
  assertValidEvents(events)
  await appendEvents(
    sql,
    events.map((event, index) => ({
      sessionId,
      event,
      producer: `${producer}#${sessionId}`,
      producerSeq: session.lastSeq + 1 + index,
    })),
  )
  const after = await selectSession(sql, sessionId)
  return after === null ? null : { session: after, appended: events.length }
}
