import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../src/index.js'

/** What these helpers need of a tap test. */
export interface Teardown {
  teardown(fn: () => unknown): void
}

/** A folder that any user may enter (mkdtemp's own 0700 is a case of its own). */
export async function scratchFolder(t: Teardown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bemore-embedded-'))
  await chmod(folder, 0o755)
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}

/** A server that is stopped, at the latest, when the test ends; unsafe but quick unless told. */
export async function startServer(
  t: Teardown,
  options: Omit<EmbeddedPostgresOptions, 'log'> & { log?: (line: string) => void },
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ log: () => {}, durable: false, ...options })
  t.teardown(() => server.stop({ mode: 'immediate', timeoutMs: 5_000 }))
  return server
}

/** One query on one connection. */
export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Holds a loopback port until the test ends. */
export async function takePort(t: Teardown): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
