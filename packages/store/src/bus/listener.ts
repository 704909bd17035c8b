import { randomBytes } from 'node:crypto'
import type { Logger, StoreConfig } from '@bemore/ops'
import { createBackoff } from '../backoff.js'
import { type Connection, openConnection } from '../database/connection.js'
import { withDeadline } from '../database/deadline.js'
import { toConnectError } from '../database/error-mapping.js'
import { StoreError } from '../database/store-error.js'
import type { BusState } from './bus.js'

export type ListenerConfig = Pick<
  StoreConfig,
  'databaseUrl' | 'connectTimeoutMs' | 'busHeartbeatMs' | 'busEchoTimeoutMs'
>

/**
 * The LISTEN connection. Being connected proves nothing: a half-open connection, or a pooler, takes
 * LISTEN and delivers nothing. So it counts as listening only when a notification it sent to itself
 * has come back, and for as long as one does on every heartbeat; else it is cut and made anew.
 */
export interface Listener {
  readonly state: BusState
  /** Unix ms. */
  readonly since: number
  /** How often it listened again after it had been lost. */
  readonly rebuilt: number
  /** Rejects with a StoreError after `timeoutMs`, or when closed. */
  ready(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

export interface ListenerOptions {
  readonly config: ListenerConfig
  readonly channels: readonly string[]
  readonly onNotify: (channel: string, payload: string) => void
  /** Listening (again): whatever was sent before has been missed. */
  readonly onListening: () => void
  readonly log: Logger
  readonly now: () => number
}

const RETRY = { minMs: 100, maxMs: 2_000 }

export function createListener(options: ListenerOptions): Listener {
  const { config, channels, onListening, log, now } = options
  const echoChannel = `bemore_echo_${randomBytes(8).toString('hex')}`
  const backoff = createBackoff(RETRY)
  const waiting = new Set<Waiter>()
  let state: BusState = 'connecting'
  let since = now()
  let rebuilt = 0
  let connection: Connection | undefined
  let echo: { readonly nonce: string; readonly heard: (error?: Error) => void } | undefined
  let wake = () => {}

  const enter = (next: BusState) => {
    if (state === next) return
    state = next
    since = now()
  }
  const nap = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const open = () =>
    openConnection({
      url: config.databaseUrl,
      applicationName: 'bemore-bus',
      connectTimeoutMs: config.connectTimeoutMs,
      statementTimeoutMs: config.busEchoTimeoutMs,
      lockTimeoutMs: config.busEchoTimeoutMs,
      onNotify(channel, payload) {
        if (channel !== echoChannel) options.onNotify(channel, payload)
        else if (payload === echo?.nonce) echo.heard()
      },
      onClosed() {
        echo?.heard(new StoreError('DATABASE_UNREACHABLE', 'the server ended the connection'))
        wake()
      },
    })

  const proveAlive = async ({ sql }: Connection) => {
    const nonce = randomBytes(8).toString('hex')
    const heard = new Promise<void>((resolve, reject) => {
      echo = { nonce, heard: (error) => (error === undefined ? resolve() : reject(error)) }
    })
    const sent = sql`select pg_notify(${echoChannel}, ${nonce})`.execute()
    await within(Promise.all([sent, heard]), 'no echo')
  }
  const within = <T>(work: Promise<T>, what: string) =>
    withDeadline(work, config.busEchoTimeoutMs, () => {
      return new StoreError('DATABASE_TIMEOUT', `${what} within ${config.busEchoTimeoutMs} ms`)
    })

  /** Listens until it no longer can; rejects with the reason. */
  const listen = async (opened: Connection) => {
    const statement = [...channels, echoChannel].map((channel) => `listen ${channel}`).join('; ')
    await within(opened.sql.unsafe(statement).execute(), 'LISTEN not taken')
    await proveAlive(opened)
    backoff.reset()
    if (state === 'lost') rebuilt += 1
    enter('listening')
    log.info({ event: 'bus.listening' }, 'listening for hints')
    for (const each of waiting) each.resolve()
    onListening()
    for (;;) {
      await nap(config.busHeartbeatMs)
      if (state === 'closed') return
      await proveAlive(opened)
    }
  }

  const run = async () => {
    for (;;) {
      try {
        connection = await open()
        if (!isClosed()) await listen(connection)
      } catch (error) {
        if (!isClosed()) lose(toConnectError(error))
      }
      connection?.destroy()
      if (isClosed()) return
      await nap(backoff.next())
    }
  }
  const isClosed = () => state === 'closed'
  const lose = (cause: StoreError) => {
    // Only the change is worth a line: the database may be away for hours.
    const level = state === 'listening' ? 'warn' : 'debug'
    log[level]({ event: 'bus.lost', detail: cause.detail }, 'not listening; the poll goes on')
    if (state === 'listening') enter('lost')
  }

  void run()

  return {
    get state() {
      return state
    },
    get since() {
      return since
    },
    get rebuilt() {
      return rebuilt
    },
    async ready(timeoutMs) {
      if (state === 'listening') return
      if (state === 'closed') throw closedError()
      let waiter: Waiter | undefined
      const listening = new Promise<void>((resolve, reject) => {
        waiter = { resolve, reject }
        waiting.add(waiter)
      })
      try {
        await withDeadline(listening, timeoutMs, () => {
          return new StoreError('DATABASE_UNREACHABLE', `not listening within ${timeoutMs} ms`)
        })
      } finally {
        if (waiter !== undefined) waiting.delete(waiter)
      }
    },
    async close() {
      enter('closed')
      for (const each of waiting) each.reject(closedError())
      echo?.heard(closedError())
      wake()
      await connection?.close()
    },
  }
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

function closedError(): StoreError {
  return new StoreError('DATABASE_UNREACHABLE', 'the bus is closed')
}
