import { randomUUID } from 'node:crypto'
import { createCompanion } from '@bemore/gemini'
import {
  createHealth,
  createLogger,
  createMetrics,
  createPressure,
  type Environment,
  readApiConfig,
} from '@bemore/ops'
import { checkSchema, createBus, createDatabase, createStore } from '@bemore/store'
import { createTcpProxy, createTestDatabase, type TestContext } from '@bemore/testing'
import { loadTextModel } from '@bemore/text-model'
import type { LightMyRequestResponse } from 'fastify'
import { buildApi } from '../src/app.js'
import { createHealthChecks } from '../src/background/health-checks.js'

export type Rig = Awaited<ReturnType<typeof createRig>>

interface SignedIn {
  readonly user: { readonly id: string }
  readonly accessToken: string
  readonly refreshToken: string
}

/** The API on a database of its own, not listening, its checks run by hand. */
export async function createRig(
  t: TestContext,
  {
    env = {},
    url,
    now = Date.now,
  }: { readonly env?: Environment; readonly url?: string; readonly now?: () => number } = {},
) {
  const databaseUrl = url ?? (await createTestDatabase(t)).url
  // On a loaded machine a living database may take its time.
  const base = {
    ...{ NODE_ENV: 'test', DATABASE_PROBE_TIMEOUT_MS: '5000', END_HOLD_MS: '0' },
    AUTH_SECRET: 'a secret for tests, and for nothing else',
    AUTH_REQUESTS_PER_MINUTE: '10000',
  }
  const config = readApiConfig({ ...base, DATABASE_URL: databaseUrl, ...env })
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ name: 'api', level: 'debug', destination })
  const database = createDatabase(config, log)
  const store = createStore(database, config)
  const bus = createBus({ config, database, events: store.log, log })
  const health = createHealth(Date.now)
  // Its clock stands still: the load of a test machine is no subject of most tests.
  const pressure = createPressure(config, health)
  const checks = createHealthChecks({
    ...{ config, database, store, bus, health },
    checkSchema: () => checkSchema(database),
    onFatal(error) {
      throw error
    },
  })
  const app = await buildApi({
    ...{ config, log, database, store, bus, health, pressure, sight: checks.sight },
    metrics: createMetrics(),
    textModel: loadTextModel(),
    companion: createCompanion({ config, log, health }),
    identity: { id: randomUUID(), kind: 'api', version: '0.0.0-test', commit: config.commit },
    now,
  })
  t.teardown(async () => {
    await app.close()
    await bus.close()
    await store.close(1_000)
  })
  return {
    ...{ config, databaseUrl, database, store, bus, health, pressure, checks, app },
    /** What was logged, parsed. */
    logged: (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line)),
    async start(payload: object = {}, headers: Record<string, string> = {}): Promise<string> {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/session/start',
        payload,
        headers,
      })
      return dataOf<{ sessionId: string }>(reply).sessionId
    },
    /** An account of its own, signed in; `headers` make a request that user's. */
    async signUp({ username = 'Jimin', password = 'a walk by the sea' } = {}) {
      const email = `${randomUUID()}@example.com`
      const send = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
      await send('/api/auth/signup', { username, email, password })
      const { user, accessToken, refreshToken } = dataOf<SignedIn>(
        await send('/api/auth/login', { email, password }),
      )
      const headers = { authorization: `Bearer ${accessToken}` }
      return { userId: user.id, email, password, accessToken, refreshToken, headers }
    },
    post: (url: string, headers: Record<string, string> = {}) =>
      app.inject({ method: 'POST', url, headers }),
    get: (url: string, headers: Record<string, string> = {}) =>
      app.inject({ method: 'GET', url, headers }),
  }
}

/** The same with its database behind a proxy that can be cut; the bus listens, the checks have run. */
export async function createRigToCut(t: TestContext, more: Environment = {}) {
  const { url } = await createTestDatabase(t)
  const { hostname, port } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const env = { BUS_HEARTBEAT_MS: '500', BUS_ECHO_TIMEOUT_MS: '500', ...more }
  const rig = await createRig(t, { url: proxy.through(url), env })
  await rig.bus.ready(5_000)
  await rig.checks.run()
  return {
    ...{ rig, proxy },
    /** Takes the database away, until `proxy.accept()`; returns when the API knows. */
    async cut(): Promise<void> {
      await proxy.refuse()
      proxy.cut()
      await until('it is known', () => rig.database.state.state === 'unreachable')
    },
  }
}

/** The data of a success; anything else is a failed test. */
export function dataOf<Data>(reply: LightMyRequestResponse): Data {
  const body = reply.json<{ success: boolean; data: Data }>()
  if (body.success !== true) throw new Error(`not a success: ${reply.statusCode} ${reply.body}`)
  return body.data
}

/** The error of a failure; anything else is a failed test. */
export function errorOf(reply: LightMyRequestResponse) {
  const body = reply.json<{
    success: boolean
    error: {
      code: string
      message: string
      requestId: string
      temporary: boolean
      help: string
      details?: { field: string; problem: string }[]
    }
  }>()
  if (body.success !== false) throw new Error(`not a failure: ${reply.statusCode} ${reply.body}`)
  return body.error
}

/** Waits until `check` holds; a condition that never comes fails the test by its name. */
export async function until(
  name: string,
  check: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${name}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
