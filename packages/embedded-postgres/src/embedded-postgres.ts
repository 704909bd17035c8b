import { bringUp } from './bring-up.js'
import { prepareDataFolder, SUPERUSER } from './data-folder.js'
import { lockFolder } from './folder-lock.js'
import { openHome } from './home-folder.js'
import { retireOrphan } from './orphan.js'
import { findPrograms } from './programs.js'
import type { ServerExit } from './server-process.js'
import { SHELTER_ROOTS } from './shelter.js'
import { type StopMode, type StopOutcome, shutDown } from './shutdown-ladder.js'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000

export interface EmbeddedPostgresOptions {
  /** Folder that keeps the database over runs; made if absent. */
  readonly dataDir: string
  /** 0 or absent: a free one. */
  readonly port?: number
  /** Our own decisions, a line each. */
  readonly log: (line: string) => void
  /** The server's lines (starts, crashes, recovery; never statements or values). */
  readonly serverLog?: (line: string) => void
  /** false: quicker, and lost with the machine's power; for tests. true unless told. */
  readonly durable?: boolean
  /** PostgreSQL settings on top of ours. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  /** Until the server takes connections, crash recovery included. 60 s unless told. */
  readonly startTimeoutMs?: number
  /** For each of fast, immediate and kill, when an orphan is in the way. 10 s unless told. */
  readonly orphanTimeoutMs?: number
  /** Where binaries and data may go when postgres's user cannot reach them here (root only). */
  readonly shelterRoots?: readonly string[]
}

export interface StopOptions {
  /** `fast` unless told. */
  readonly mode?: StopMode
  /** For each rung of fast, immediate, kill. 10 s unless told. */
  readonly timeoutMs?: number
}

export interface EmbeddedPostgres {
  /** The superuser's connection URL, database `postgres`. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** PGDATA, wherever it had to go. */
  readonly dataFolder: string
  /** Resolves once the server is gone, with the rung that it took. May be called again. */
  stop(options?: StopOptions): Promise<StopOutcome>
  /** Calls back once when the server is gone, asked for or not. */
  onExit(callback: (exit: ServerExit & { readonly expected: boolean }) => void): void
}

/**
 * Makes the database if there is none, stops one left over by a killed process, and starts the
 * server on 127.0.0.1 only, with a generated password and durable settings.
 * @throws EmbeddedPostgresError
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log, shelterRoots = SHELTER_ROOTS, durable = true } = options
  const home = await openHome({ dataDir: options.dataDir, shelterRoots, log })
  const { account, dataFolder } = home
  const lock = await lockFolder(home.path)
  try {
    const timeoutMs = options.orphanTimeoutMs ?? STOP_TIMEOUT_MS
    await retireOrphan({ dataFolder, timeoutMs, log })
    const programs = await findPrograms(account, shelterRoots, log)
    const password = await prepareDataFolder(home, programs, durable)
    const { server, port } = await bringUp(
      {
        postgres: programs.postgres,
        dataFolder,
        settings: { ...BASE_SETTINGS, ...(!durable && NOT_DURABLE), ...options.settings },
        account,
        log,
        serverLog: options.serverLog ?? (() => {}),
      },
      { port: options.port ?? 0, timeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS },
    )
    let stopAsked = false
    const released = server.exited.then(async (exit) => {
      await lock.release()
      return { ...exit, expected: stopAsked }
    })
    return {
      url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
      port,
      pid: server.pid,
      dataFolder,
      stop: async ({ mode = 'fast', timeoutMs = STOP_TIMEOUT_MS } = {}) => {
        stopAsked = true
        const outcome = await shutDown(server, { mode, timeoutMs })
        await released
        return outcome
      },
      onExit: (callback) => {
        void released.then(callback)
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

const BASE_SETTINGS = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have 107 bytes at most; TCP on the loopback has no such trap.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: false,
  // PostgreSQL ranks LOG above ERROR: the server's own events, not its clients' mistakes, whose
  // statements and values may be what people said in confidence.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const

const NOT_DURABLE = { fsync: false, synchronous_commit: false, full_page_writes: false } as const
