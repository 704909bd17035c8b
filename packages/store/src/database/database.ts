import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger, StoreConfig } from '@bemore/ops'
import { type Connection, openConnection, type Sql } from './connection.js'
import { withDeadline } from './deadline.js'
import { toConnectError, toStoreError } from './error-mapping.js'
import { createGate } from './gate.js'
import { createProbe } from './probe.js'
import { createReachability, type DatabaseState } from './reachability.js'
import { StoreError } from './store-error.js'

export type DatabaseConfig = Pick<
  StoreConfig,
  | 'databaseUrl'
  | 'poolSize'
  | 'connectTimeoutMs'
  | 'statementTimeoutMs'
  | 'lockTimeoutMs'
  | 'poolWaitMs'
  | 'poolQueueLimit'
>

/**
 * The pool. Nothing in it can hang: a call waits at most `poolWaitMs` for its turn, `connectTimeoutMs`
 * for a connection, and the statement timeout and a margin for its answer; then its connection is cut
 * and replaced. While the database is known to be away, calls are refused at once.
 */
export interface Database {
  /**
   * Runs statements on one connection. `run` must not settle before each of them has.
   * @throws StoreError for trouble of the database, StatementError for a fault of the statement
   */
  query<T>(run: (sql: Sql) => Promise<T>): Promise<T>
  /** The same between `begin` and `commit` (read committed); rolled back when `run` rejects. */
  transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>
  /** A round trip on a connection of its own, at most `PING_TIMEOUT_MS` long. */
  ping(): Promise<void>
  readonly state: DatabaseState
  readonly load: DatabaseLoad
  /** Told when the database becomes reachable or unreachable. */
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
  /** Of the last ping that was answered, ms; null before the first. */
  readonly pingMs: number | null
}

/** The server's own statement timeout should come first: it leaves the connection usable. */
const DEADLINE_MARGIN_MS = 1_000
const PING_TIMEOUT_MS = 2_000

export function createDatabase(config: DatabaseConfig, log: Logger, now = Date.now): Database {
  const idle: Connection[] = []
  const connections = new Set<Connection>()
  /** While stopping, what is under way may still end; then nothing may open any more. */
  let stopping = false
  let stopped = false
  let pingMs: number | null = null
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
    if (!stopping) reachability.suspect()
  }

  const probe = createProbe(open, PING_TIMEOUT_MS)
  const reachability = createReachability({
    probe: probe.check,
    probeTimeoutMs: Math.max(config.connectTimeoutMs, PING_TIMEOUT_MS),
    log,
    now,
  })
  reachability.onChange(({ state, detail }) => {
    if (state !== 'unreachable') return
    gate.rejectWaiting(new StoreError('DATABASE_UNREACHABLE', detail ?? 'the database is away'))
    // Half-open connections look alive; none of those from before can be trusted.
    for (const connection of idle.splice(0)) connection.destroy()
    probe.reset()
  })

  const openForUse = async () => {
    try {
      return await open()
    } catch (error) {
      const cause = toConnectError(error)
      if (cause.code !== 'DATABASE_BUSY') reachability.markUnreachable(cause)
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
      reachability.assertReachable()
      const connection = idle.pop() ?? (await openForUse())
      return await runOn(connection, deadlineMs, run)
    } finally {
      leave()
    }
  }

  const runOn = async <T>(
    connection: Connection,
    deadlineMs: number,
    run: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    try {
      const result = await withDeadline(run(connection), deadlineMs, () => {
        connection.destroy()
        // The server did not keep its own, shorter timeout: it is frozen, or the way to it is.
        const late = new StoreError('DATABASE_TIMEOUT', `no answer within ${deadlineMs} ms`)
        reachability.markUnreachable(late)
        return late
      })
      reachability.markReachable()
      return result
    } catch (error) {
      const fault = toStoreError(error, !connection.isOpen)
      // The server's last word on a connection comes before its end does.
      if (fault instanceof StoreError && fault.code === 'DATABASE_UNREACHABLE') connection.destroy()
      throw fault
    } finally {
      giveBack(connection)
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
      const startedAt = performance.now()
      try {
        await probe.check()
        pingMs = performance.now() - startedAt
        reachability.markReachable()
      } catch (error) {
        const cause = toConnectError(error)
        if (cause.code !== 'DATABASE_BUSY') reachability.markUnreachable(cause)
        throw cause
      }
    },
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

/**
 * `begin` and `commit` as plain statements: the driver's own transactions write to a socket that is
 * gone when the connection is lost in the middle, which ends the process.
 */
async function inTransaction<T>(connection: Connection, run: (sql: Sql) => Promise<T>): Promise<T> {
  const { sql } = connection
  await sql`begin`
  try {
    const result = await run(sql)
    await sql`commit`
    return result
  } catch (error) {
    // The first error is the cause; a connection whose transaction cannot be ended is of no use.
    await sql`rollback`.catch(() => connection.destroy())
    throw error
  }
}

async function waitUntil(isDone: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!isDone() && performance.now() < deadline) await sleep(Math.min(10, timeoutMs))
}

function poolClosed(): StoreError {
  return new StoreError('DATABASE_UNREACHABLE', 'the connection pool is closed')
}
