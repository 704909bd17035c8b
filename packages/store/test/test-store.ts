import { createEvent } from '@bemore/core'
import { createLogger, type Logger } from '@bemore/ops'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import postgres from 'postgres'
import type { Test } from 'tap'
import {
  createBus,
  createDatabase,
  createStore,
  type KeyedEvent,
  type SessionRow,
  type Store,
} from '../src/index.js'

export const SILENT: Logger = createLogger({ name: 'bemore', level: 'silent' })

/** Times that a loaded machine keeps; a test that wants to see one pass sets it. */
export const CONFIG = {
  poolSize: 4,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 5_000,
  lockTimeoutMs: 5_000,
  poolWaitMs: 10_000,
  poolQueueLimit: 1_000,
  probeMs: 500,
  probeTimeoutMs: 5_000,
  busHeartbeatMs: 200,
  busEchoTimeoutMs: 2_000,
  busPollMs: 500,
  readLimit: 1_000,
  eventFlushMs: 20,
  eventBatchSize: 50,
  eventQueueLimit: 1_000,
}
export type TestConfig = typeof CONFIG

/** A database that the tests of a file share: each has its sessions, and that is enough. */
export async function shareDatabase(t: Test): Promise<{ readonly databaseUrl: string }> {
  const { url: databaseUrl } = await createTestDatabase(t)
  return { databaseUrl }
}

/**
 * A store, and its database as an operator's client sees it; the database is the test's own where
 * none is given.
 */
export async function openStore(
  t: Test,
  overrides: Partial<TestConfig & { readonly databaseUrl: string }> = {},
) {
  const url = overrides.databaseUrl ?? (await shareDatabase(t)).databaseUrl
  const config = { ...CONFIG, ...overrides, databaseUrl: url }
  const direct = postgres(url, { max: 2, onnotice: () => {} })
  t.teardown(() => direct.end({ timeout: 1 }))
  return { url, config, direct, ...connect(t, config) }
}

/** One process' view: its own pool, through a proxy or not. */
export function connect(t: Test, config: TestConfig & { readonly databaseUrl: string }) {
  const database = createDatabase(config, SILENT)
  const store = createStore(database, config)
  t.teardown(() => store.close(1_000))
  return { database, store }
}

export function openBus(
  t: Test,
  config: TestConfig & { readonly databaseUrl: string },
  parts: ReturnType<typeof connect>,
) {
  const bus = createBus({
    config,
    database: parts.database,
    events: parts.store.log,
    log: SILENT,
  })
  t.teardown(() => bus.close())
  return bus
}

export async function openProxy(t: Test, url: string) {
  const { hostname, port } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  return proxy
}

export async function startSession(store: Store, at = Date.now()): Promise<SessionRow> {
  const { session } = await store.sessions.start({ language: 'ko', at, deviceWindowMs: 0 })
  return session
}

export async function startSessions(store: Store, count: number): Promise<string[]> {
  const sessions = await Promise.all(Array.from({ length: count }, () => startSession(store)))
  return sessions.map(({ id }) => id)
}

/** Any small event, keyed within its session; its number can be read back as the connection's name. */
export function numbered(sessionId: string, producer: string, producerSeq: number): KeyedEvent {
  const data = { channel: 'voice' as const, connectionId: `${producerSeq}`, processId: producer }
  const event = createEvent('channel.closed', Date.now(), { ...data, code: 1000 })
  return { sessionId, producer: `${producer}/${sessionId}`, producerSeq, event }
}

export function numbersFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}
