import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger, StoreConfig } from '@bemore/ops'
import { createCalls } from './calls.js'
import { type Connection, openConnection, type Sql } from './connection.js'
import { withDeadline } from './deadline.js'
import { toConnectError, toStoreError } from './error-mapping.js'
import { createGate } from './gate.js'
import { createProbe, type Sight } from './probe.js'
import { createPulse } from './pulse.js'
import { createReachability, type DatabaseState } from './reachability.js'
import { createServerClock, type ServerClock } from './server-clock.js'
import { StoreError } from './store-error.js'
import { inTransaction } from './transaction.js'
import { createWritability } from './writability.js'

export type DatabaseConfig = Pick<
  StoreConfig,
  | 'databaseUrl'
  | 'poolSize'
  | 'connectTimeoutMs'
  | 'statementTimeoutMs'
  | 'lockTimeoutMs'
  | 'poolWaitMs'
  | 'poolQueueLimit'
  | 'probeMs'
  | 'probeTimeoutMs'
>

/**
 * The pool. Nothing in it can hang: a call waits at most `poolWaitMs` for its turn, `connectTimeoutMs`
 * for a connection, and the statement timeout and a margin for its answer; then its connection is cut
 * and replaced. A pulse asks every `probeMs` whether the database answers: when it does not within
 * `probeTimeoutMs`, the calls under way are ended and new ones refused at once, until it does again.
 */
export interface Database {
  /**
   * Runs statements on one connection. `run` must not settle before each of them has.
   * @throws StoreError for trouble of the database, StatementError for a fault of the statement
   */
  query<T>(run: (sql: Sql) => Promise<T>): Promise<T>
  /** The same between `begin` and `commit` (read committed); rolled back when `run` rejects. */
  transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>
  /**
   * A round trip on a connection of its own.
   * @throws StoreError, also where the database answers but takes no writes
   */
  ping(): Promise<void>
  readonly clock: ServerClock
  readonly state: DatabaseState
  readonly load: DatabaseLoad
  /** Told when the database becomes reachable or unreachable, or for another reason. */
  onChange(listener: (state: DatabaseState) => void): void
  /** Refuses new calls, waits for those under way, and cuts what is left after `timeoutMs`. */
  close(timeoutMs: number): Promise<void>
}

/** How busy the pool is. */
export interface DatabaseLoad {
  /** Calls that have a connection. */
  readonly inside: number
  /** Calls that wait for one. */
  readonly waiting: number
  /** Of the last probe that was answered, ms; null before the first. */
  readonly pingMs: number | null
}

/** The server's own statement timeout should come first: it leaves the connection usable. */
const DEADLINE_MARGIN_MS = 1_000
/** An answer this many pulses ago, at most, is one of now. */
const RECENT_PULSES = 1.5

export function createDatabase(config: DatabaseConfig, log: Logger, now = Date.now): Database {
  const idle: Connection[] = []
  const connections = new Set<Connection>()
  /** While stopping, what is under way may still end; then nothing may open any more. */
  let stopping = false
  let stopped = false
  let pingMs: number | null = null
  const clock = createServerClock()
  /** When the server last answered anything; `performance.now()`. */
  let answeredAt = Number.NEGATIVE_INFINITY
  const calls = createCalls()
  const writability = createWritability()
  const gate = createGate({
    limit: config.poolSize,
    queueLimit: config.poolQueueLimit,
    waitMs: config.poolWaitMs,
  })

  const open = async () => {
    const connection = await openConnection({
      url: config.databaseUrl,
      applicationName: 'bemore',
      connectTimeoutMs: config.connectTimeoutMs,
      statementTimeoutMs: config.statementTimeoutMs,
      lockTimeoutMs: config.lockTimeoutMs,
      onNotice: (notice) => log.debug({ event: 'database.notice', notice }, 'notice of the server'),
      onClosed: forget,
    })
    connections.add(connection)
    if (!stopped) return connection
    connection.destroy()
    throw poolClosed()
  }
  const forget = (connection: Connection) => {
    connections.delete(connection)
    const place = idle.indexOf(connection)
    if (place >= 0) idle.splice(place, 1)
    // It may be only that one.
    if (!stopping && reachability.current.state !== 'unreachable') pulse.look()
  }

  const reachability = createReachability(log, now)
  reachability.onChange(({ state, code, detail }) => {
    if (state !== 'unreachable') return
    const cause = new StoreError(code ?? 'DATABASE_UNREACHABLE', detail ?? 'the database is away')
    gate.rejectWaiting(cause)
    calls.endAll(cause)
    // Half-open connections look alive; none of those from before can be trusted.
    for (const connection of connections) connection.destroy()
    probe.reset()
  })
  const markAnswered = () => {
    answeredAt = performance.now()
    reachability.markReachable()
  }
  /**
   * One connection that fails says nothing of a database that answers on others: a busy server, or a
   * path that was cut, must not take those down.
   * @param before the state when what failed was begun; what is older than the last change is no news
   */
  const judge = (cause: StoreError, before: DatabaseState, startedAt: number) => {
    // A server that refuses one connection more still serves those there are.
    if (cause.code === 'DATABASE_BUSY' || before !== reachability.current) return
    const recently = Math.max(startedAt, performance.now() - RECENT_PULSES * config.probeMs)
    if (answeredAt < recently) reachability.markUnreachable(cause)
  }

  const probe = createProbe({ open, timeoutMs: config.probeTimeoutMs, now })
  /** @throws StoreError */
  const look = async (): Promise<Sight> => {
    const [before, startedAt] = [reachability.current, performance.now()]
    try {
      const sight = await probe.check()
      pingMs = sight.roundTripMs
      clock.see(sight)
      writability.see(sight.isReadOnly)
      markAnswered()
      return sight
    } catch (error) {
      const cause = toConnectError(error)
      judge(cause, before, startedAt)
      throw cause
    }
  }
  const looksAtOnce = Math.ceil(config.connectTimeoutMs / config.probeMs) + 1
  const pulse = createPulse({
    intervalMs: config.probeMs,
    look: () => look().then(noop, noop),
    looksAtOnce: () => (reachability.current.state === 'unreachable' ? looksAtOnce : 1),
  })

  const openForUse = async () => {
    const [before, startedAt] = [reachability.current, performance.now()]
    try {
      return await open()
    } catch (error) {
      const cause = toConnectError(error)
      judge(cause, before, startedAt)
      throw cause
    }
  }

  const lease = async <T>(
    deadlineMs: number,
    run: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    reachability.assertReachable()
    const leave = await gate.enter()
    try {
      return await calls.run(async (isOver) => {
        reachability.assertReachable()
        const connection = takeIdle() ?? (await openForUse())
        if (!isOver()) return runOn(connection, deadlineMs, run)
        connection.destroy()
        throw poolClosed()
      })
    } finally {
      leave()
    }
  }

  const runOn = async <T>(
    connection: Connection,
    deadlineMs: number,
    run: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    const [before, startedAt] = [reachability.current, performance.now()]
    try {
      const result = await withDeadline(run(connection), deadlineMs, () => {
        connection.destroy()
        // The server did not keep its own, shorter timeout: it is frozen, or the way to it is.
        const late = new StoreError('DATABASE_TIMEOUT', `no answer within ${deadlineMs} ms`)
        judge(late, before, startedAt)
        return late
      })
      markAnswered()
      return result
    } catch (error) {
      const fault = toStoreError(error, !connection.isOpen)
      if (fault instanceof StoreError) writability.note(fault)
      if (fault instanceof StoreError && fault.code === 'DATABASE_READ_ONLY') {
        // Others may be writable: the default is taken over when a connection is opened.
        connection.destroy()
        probe.reset()
      }
      // The server's last word on a connection comes before its end does.
      if (fault instanceof StoreError && fault.code === 'DATABASE_UNREACHABLE') connection.destroy()
      throw fault
    } finally {
      giveBack(connection)
    }
  }

  const takeIdle = () => {
    for (;;) {
      const connection = idle.pop()
      if (connection === undefined || connection.isOpen) return connection
    }
  }
  const giveBack = (connection: Connection) => {
    if (!connection.isOpen) return
    if (stopping) void connection.close()
    else idle.push(connection)
  }

  const statementDeadline = config.statementTimeoutMs + DEADLINE_MARGIN_MS

  return {
    query: (run) => lease(statementDeadline, ({ sql }) => run(sql)),
    transaction: (run) =>
      lease(config.statementTimeoutMs + statementDeadline, (connection) =>
        inTransaction(connection, run),
      ),
    async ping() {
      reachability.assertReachable()
      try {
        await look()
      } catch (error) {
        // Another may have found out meanwhile, and have cut this one short: its reason is the better.
        reachability.assertReachable()
        throw error
      }
      const { trouble } = writability
      if (trouble !== null) throw trouble
    },
    clock,
    get state() {
      return reachability.current
    },
    get load() {
      return { inside: gate.inside, waiting: gate.waiting, pingMs }
    },
    onChange: reachability.onChange,
    async close(timeoutMs) {
      if (stopping) return
      stopping = true
      reachability.close()
      pulse.close()
      gate.rejectWaiting(poolClosed())
      probe.reset()
      const goodbyes = Promise.all(idle.splice(0).map((connection) => connection.close()))
      await waitUntil(() => gate.inside === 0, timeoutMs)
      stopped = true
      for (const connection of connections) connection.destroy()
      await goodbyes
    },
  }
}

const noop = () => {}

async function waitUntil(isDone: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!isDone() && performance.now() < deadline) await sleep(Math.min(10, timeoutMs))
}

function poolClosed(): StoreError {
  return new StoreError('DATABASE_UNREACHABLE', 'the connection pool is closed')
}
