import { fileURLToPath } from 'node:url'
import { createEvent, type NewSessionEvent } from '@bemore/core'
import { findFreePort } from '@bemore/embedded-postgres'
import { createLogger, readStoreConfig } from '@bemore/ops'
import { createDatabase, createStore, migrateDatabase, type Store } from '@bemore/store'
import postgres from 'postgres'
import type { Pinning } from './pinning.js'
import { startServerProcess } from './server-process.js'
import {
  AUTH_SECRET,
  commandSessions,
  type FrameCount,
  HOST,
  type SessionHistory,
  type Subject,
  type SubjectOptions,
} from './subject.js'

const API = fileURLToPath(new URL('../../../../apps/api/dist/src/server.js', import.meta.url))
const REALTIME = fileURLToPath(
  new URL('../../../../apps/realtime/dist/src/server.js', import.meta.url),
)
/** The limit is for clients; the generator and autocannon come from one address. */
const NO_RATE_LIMIT = '100000000'
const NO_UPGRADE_LIMIT = '1000000'

/** Starts both of BeMore's processes, with no settings but those that a benchmark needs. */
export async function startBemore(
  { databaseUrl, inspect }: SubjectOptions,
  pinning: Pinning | null,
  cpuProfileDir: string | null,
): Promise<Subject> {
  const log = createLogger({
    name: 'bemore',
    level: 'warn',
    destination: { write: (line) => process.stderr.write(line) },
  })
  await migrateDatabase({ url: databaseUrl, log })
  const [apiPort, realtimePort] = [await findFreePort(), await findFreePort()]
  const inspectorPort = inspect ? await findFreePort() : null
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    HOST,
    PORT: String(apiPort),
    REALTIME_PORT: String(realtimePort),
    REALTIME_INTERNAL_URL: `http://${HOST}:${realtimePort}`,
    AUTH_SECRET,
    RATE_LIMIT_PER_MINUTE: NO_RATE_LIMIT,
    AUTH_REQUESTS_PER_MINUTE: NO_RATE_LIMIT,
    UPGRADES_PER_SECOND: NO_UPGRADE_LIMIT,
    UPGRADE_BURST: NO_UPGRADE_LIMIT,
  }
  const profile = cpuProfileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfileDir}`]
  const realtime = await startServerProcess({
    name: 'apps/realtime',
    entry: REALTIME,
    nodeFlags: [
      ...profile,
      ...(inspectorPort === null ? [] : [`--inspect=${HOST}:${inspectorPort}`]),
    ],
    env,
    readyUrl: `http://${HOST}:${realtimePort}/readyz`,
    pinning,
  })
  const api = await startServerProcess({
    name: 'apps/api',
    entry: API,
    nodeFlags: profile,
    env,
    readyUrl: `http://${HOST}:${apiPort}/readyz`,
    pinning,
  })
  const config = readStoreConfig({ DATABASE_URL: databaseUrl })
  const store = createStore(createDatabase(config, log), config)
  const sql = postgres(databaseUrl, { max: 2 })

  return {
    name: 'BeMore',
    socketPid: realtime.pid,
    socketPort: realtimePort,
    httpPid: api.pid,
    httpPort: apiPort,
    inspectorPort,
    databaseUrl,
    ...commandSessions(apiPort),
    countFrames: async (ids) => {
      const [row] = await sql<FrameCount[]>`
        select coalesce(sum((data->'window'->'frames')::int), 0)::int as frames,
               coalesce(sum((data->'window'->'dropped')::int), 0)::int as dropped,
               coalesce(sum((data->'window'->'rejected')::int), 0)::int as rejected
          from session_events where type = 'face.window' and session_id in ${sql(ids)}`
      return row!
    },
    countUtterances: async (ids) => {
      const [row] = await sql<{ readonly count: number }[]>`
        select count(*)::int as count
          from session_events where type = 'text.utterance' and session_id in ${sql(ids)}`
      return row!.count
    },
    importSession: (history) => importSession(store, history),
    stop: async () => {
      await sql.end({ timeout: 5 })
      await store.close(5_000)
      await api.stop()
      await realtime.stop()
    },
  }
}

async function importSession(store: Store, history: SessionHistory): Promise<string> {
  const { ownerId, startedAt, endedAt, windows } = history
  const { session } = await store.sessions.start({
    ...(ownerId !== undefined && { ownerId }),
    language: 'ko',
    at: startedAt,
    deviceWindowMs: 0,
  })
  const events: NewSessionEvent[] = [
    ...windows,
    createEvent('session.ended', endedAt, { reason: 'client' }),
  ]
  await store.log.append(
    events.map((event, index) => ({
      sessionId: session.id,
      event,
      producer: `bench#${session.id}`,
      producerSeq: index + 1,
    })),
  )
  return session.id
}
