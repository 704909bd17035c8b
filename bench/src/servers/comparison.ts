import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@bemore/embedded-postgres'
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

const ENTRY = fileURLToPath(new URL('../comparison/server.js', import.meta.url))

/** Starts the Express server of ../comparison, as the other subject is started. */
export async function startComparison(
  { databaseUrl, inspect }: SubjectOptions,
  pinning: Pinning | null,
): Promise<Subject> {
  const port = await findFreePort()
  const inspectorPort = inspect ? await findFreePort() : null
  const server = await startServerProcess({
    name: 'the comparison server',
    entry: ENTRY,
    nodeFlags: inspectorPort === null ? [] : [`--inspect=${HOST}:${inspectorPort}`],
    env: {
      NODE_ENV: 'production',
      AUTH_SECRET,
      DATABASE_URL: databaseUrl,
      HOST,
      PORT: String(port),
    },
    readyUrl: `http://${HOST}:${port}/health`,
    pinning,
  })
  const sql = postgres(databaseUrl, { max: 2 })

  return {
    name: 'Express + ws',
    socketPid: server.pid,
    socketPort: port,
    httpPid: server.pid,
    httpPort: port,
    inspectorPort,
    databaseUrl,
    ...commandSessions(port),
    countFrames: async (ids) => {
      const [row] = await sql<FrameCount[]>`
        select coalesce(sum((data->'frames')::int), 0)::int as frames,
               coalesce(sum((data->'dropped')::int), 0)::int as dropped,
               coalesce(sum((data->'rejected')::int), 0)::int as rejected
          from windows where session_id in ${sql(ids)}`
      return row!
    },
    // It takes no words.
    countUtterances: async () => 0,
    importSession: (history) => importSession(sql, history),
    stop: async () => {
      await sql.end({ timeout: 5 })
      await server.stop()
    },
  }
}

async function importSession(sql: postgres.Sql, history: SessionHistory): Promise<string> {
  const id = randomUUID()
  const { startedAt, endedAt, windows } = history
  await sql.begin(async (step) => {
    await step`
      insert into sessions (id, started_at, ended_at)
      values (${id}, ${new Date(startedAt)}, ${new Date(endedAt)})`
    for (const { at, data } of windows) {
      await step`
        insert into windows (session_id, at, data)
        values (${id}, ${new Date(at)}, ${step.json({ ...data.window })})`
    }
  })
  return id
}
