import type { CauseCode } from '@bemore/ops'

/**
 * Of several causes that are true at once the first of this list is the one to mend: what stands
 * further down is, or may be, its consequence. The order is that of the layers: the way there, the
 * start, the process itself, the database, its schema, the bus, what waits for the database, the load,
 * realtime, the flow.
 */
const RANK: readonly CauseCode[] = [
  'DNS_FAILED',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMEOUT',
  'TLS_FAILED',
  'HTTP_TIMEOUT',
  'NOT_BEMORE',
  'CONFIG_INVALID',
  'PORT_TAKEN',
  'DRAINING',
  'LOOP_STUCK',
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_BUSY',
  'DATABASE_FULL',
  'DATABASE_READ_ONLY',
  'SCHEMA_BEYOND',
  'MIGRATION_PENDING',
  'BUS_BEYOND_REPAIR',
  'BUS_LOST',
  'JOURNAL_UNWRITABLE',
  'EVENTS_LOST',
  'EVENTS_WAITING',
  'MEMORY_HIGH',
  'LOOP_SLOW',
  'REALTIME_DOWN',
  'REALTIME_UNREACHABLE',
  'WEBSOCKET_FAILED',
  'RATE_LIMITED',
  'FLOW_FAILED',
  'FRAMES_REJECTED',
  'CLOCK_SKEWED',
  'STARTING',
  'UNKNOWN',
]

/** For a sort: the cause to mend first comes first; one the list lacks comes last. */
export function compareCauses(left: CauseCode, right: CauseCode): number {
  return rankOf(left) - rankOf(right)
}

function rankOf(code: CauseCode): number {
  const place = RANK.indexOf(code)
  return place < 0 ? RANK.length : place
}
