/**
 * The PostgreSQL of a run, a real one, that can be stopped, started again at the same port, and
 * frozen with all its children. Each fault has a database of its own in it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EmbeddedPostgres,
  ensureDatabase,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@bemore/embedded-postgres'
import postgres from 'postgres'

export interface DatabaseServer {
  readonly port: number
  /** An empty database; its URL. */
  createDatabase(name: string): Promise<string>
  dropDatabase(name: string): Promise<void>
  /** Runs `act` on a connection of the superuser's to the server itself. */
  administer<Result>(act: (sql: postgres.Sql) => Promise<Result>): Promise<Result>
  /** `fast`, as an operator stops it: connections are cut, a checkpoint is made. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Every process of the server stops where it is: connections stay open and nothing answers. */
  freeze(): Promise<void>
  thaw(): void
  /** Has this done before the server is removed. @returns what takes it back */
  beforeRemoval(act: () => Promise<void>): () => void
  /** Ends what uses it, ends it and deletes its data. */
  remove(): Promise<void>
}

/** Two API and two realtime processes with ten connections each, and those of the harness. */
const SETTINGS = { max_connections: 200 } as const

export async function startDatabaseServer(log: (line: string) => void): Promise<DatabaseServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bemore-chaos-'))
  const dataDir = join(folder, 'postgres')
  const bringUp = (port: number) =>
    startEmbeddedPostgres({ dataDir, port, log: () => {}, settings: SETTINGS })
  let server: EmbeddedPostgres | null = await bringUp(0)
  const { port, url } = server
  const frozen = new Set<number>()
  const users = new Set<() => Promise<void>>()
  let removed = false
  log(`PostgreSQL on port ${port}`)

  const administer: DatabaseServer['administer'] = async (act) => {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
    try {
      return await act(sql)
    } finally {
      await sql.end({ timeout: 2 })
    }
  }
  const signal = (pid: number, name: NodeJS.Signals) => {
    try {
      process.kill(pid, name)
    } catch (error) {
      // A backend may have ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const thaw = () => {
    for (const pid of frozen) signal(pid, 'SIGCONT')
    frozen.clear()
  }

  return {
    port,
    administer,
    createDatabase: (name) => ensureDatabase(url, name),
    dropDatabase: (name) =>
      administer(async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`
      }),
    async stop() {
      await server?.stop()
      server = null
    },
    async start() {
      // A fault that was interrupted mends what it broke, which by then may be gone for good.
      if (!removed) server ??= await bringUp(port)
    },
    async freeze() {
      const postmaster = server?.pid
      if (postmaster === undefined) return
      await administer(async (sql) => {
        await sql`select 1`
        // The postmaster first: from here on no backend is born that the list would miss.
        signal(postmaster, 'SIGSTOP')
        frozen.add(postmaster)
        const rows = await sql<{ pid: number; own: boolean }[]>`
          select pid, pid = pg_backend_pid() as own from pg_stat_activity`
        for (const { pid } of rows.filter(({ own }) => !own)) {
          signal(pid, 'SIGSTOP')
          frozen.add(pid)
        }
      })
    },
    thaw,
    beforeRemoval(act) {
      users.add(act)
      return () => users.delete(act)
    },
    async remove() {
      removed = true
      thaw()
      await Promise.allSettled([...users].map((act) => act()))
      await server?.stop({ mode: 'immediate' })
      server = null
      await removeEmbeddedPostgres({ dataDir, log: () => {} })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
