import type { Metrics, Sample } from '@bemore/ops'
import type { Bus, BusState } from '../bus/bus.js'
import type { Database } from '../database/database.js'
import type { DatabaseState } from '../database/reachability.js'

const DATABASE_STATES = [
  'unknown',
  'reachable',
  'unreachable',
] as const satisfies readonly DatabaseState['state'][]
const BUS_STATES = [
  'connecting',
  'listening',
  'lost',
  'closed',
] as const satisfies readonly BusState[]

/** What a process sees of the database and of the bus. */
export function registerStoreMetrics(
  metrics: Metrics,
  { database, bus }: { readonly database: Database; readonly bus: Bus },
): void {
  metrics.gauges('bemore_database_state', '1 for the state it is in', ['state'], () =>
    markCurrent(DATABASE_STATES, database.state.state),
  )
  metrics.gauge('bemore_database_pool_inside', 'Calls that have a connection', () => {
    return database.load.inside
  })
  metrics.gauge('bemore_database_pool_waiting', 'Calls that wait for a connection', () => {
    return database.load.waiting
  })
  metrics.gauge('bemore_database_ping_seconds', 'Round trip of the last answered ping', () => {
    const { pingMs } = database.load
    return pingMs === null ? null : pingMs / 1_000
  })
  metrics.gauges('bemore_bus_state', '1 for the state LISTEN is in', ['state'], () =>
    markCurrent(BUS_STATES, bus.state),
  )
  metrics.counter('bemore_bus_rebuilt_total', 'LISTEN connections made anew', () => bus.rebuilt)
}

function markCurrent<State extends string>(states: readonly State[], current: State): Sample[] {
  return states.map((state) => [Number(state === current), state])
}
