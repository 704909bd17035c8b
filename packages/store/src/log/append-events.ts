import { describeEventFault } from '@bemore/core'
import type { JSONValue } from 'postgres'
import type { Sql } from '../database/connection.js'
import type { AppendResult, KeyedEvent } from '../store.js'

/** A producer made an event that its schema does not allow: a fault of the program, not of the data. */
export class InvalidEventError extends TypeError {
  constructor(fault: string) {
    super(`Invalid event: ${fault}`)
    this.name = 'InvalidEventError'
  }
}

interface AppendedRow {
  readonly session_id: string
  readonly appended: number
  readonly last_seq: number | null
}

/** @throws InvalidEventError naming the type and the field, never the data */
export function assertValidEvents(events: readonly { type: string; data: unknown }[]): void {
  for (const event of events) {
    const fault = describeEventFault(event)
    if (fault !== null) throw new InvalidEventError(fault)
  }
}

/** One round trip for the whole batch; see `0002-append-session-events.sql`. */
export async function appendEvents(sql: Sql, events: readonly KeyedEvent[]): Promise<AppendResult> {
  if (events.length === 0) return { appended: [], unknownSessions: [] }
  const rows = await sql<AppendedRow[]>`
    select session_id, appended, last_seq from append_session_events(${sql.json(toBatch(events))})`
  const known = rows.filter(
    (row): row is AppendedRow & { last_seq: number } => row.last_seq !== null,
  )
  return {
    appended: known.map(({ session_id: sessionId, appended: count, last_seq: lastSeq }) => {
      return { sessionId, count, lastSeq }
    }),
    unknownSessions: rows.filter((row) => row.last_seq === null).map((row) => row.session_id),
  }
}

function toBatch(events: readonly KeyedEvent[]): JSONValue {
  return events.map(({ sessionId, producer, producerSeq, event }) => ({
    s: sessionId,
    p: producer,
    n: producerSeq,
    t: event.type,
    a: event.at,
    d: event.data as JSONValue,
  }))
}
