// The database of a folder, kept running: a PostgreSQL that is killed is started again on the same
// port with the same password, so that the URL its clients hold stays good.
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  ensureDatabase,
  startEmbeddedPostgres,
} from '@bemore/embedded-postgres'
import { EXIT, ExitError } from '@bemore/ops'
import { createRestartBackoff, type RestartPolicy } from './restart-backoff.js'
import type { DatabaseStatus } from './up-status.js'

const DATABASE = 'bemore'

export interface EmbeddedDatabase {
  readonly url: string
  status(): DatabaseStatus
  /** Resolves once it is gone, and starts it no more. */
  stop(): Promise<void>
  /** Breaks it off at once; the next start recovers. */
  kill(): void
}

export interface EmbeddedDatabaseOptions {
  readonly dataDir: string
  readonly policy: RestartPolicy
  /** Our decisions, a line each. */
  readonly log: (line: string) => void
  /** The server's own lines. */
  readonly serverLog: (line: string) => void
}

/** @throws ExitError in the words of what is wrong, and with its exit code */
export async function startEmbeddedDatabase(
  options: EmbeddedDatabaseOptions,
): Promise<EmbeddedDatabase> {
  const { dataDir, policy, log, serverLog } = options
  const backoff = createRestartBackoff(policy)
  let server: EmbeddedPostgres | null = null
  let restarting: Promise<void> = Promise.resolve()
  let restartTimer: NodeJS.Timeout | undefined
  let stopping = false
  let restarts = 0

  const start = async (port: number): Promise<EmbeddedPostgres> => {
    const began = performance.now()
    const started = await startEmbeddedPostgres({ dataDir, port, log, serverLog })
    server = started
    started.onExit(({ code, signal, expected }) => {
      server = null
      if (expected || stopping) return
      log(`PostgreSQL ended unasked (${signal ?? `exit ${code}`})`)
      restartSoon(started.port, performance.now() - began)
    })
    return started
  }

  const restartSoon = (port: number, ranMs: number) => {
    const delay = backoff.next(ranMs)
    restartTimer = setTimeout(() => {
      restarting = start(port).then(
        () => {
          restarts += 1
          log(`PostgreSQL runs again on port ${port}`)
        },
        (error: Error) => {
          log(error.message)
          if (!stopping) restartSoon(port, 0)
        },
      )
    }, delay)
  }

  const first = await start(0).catch(explain)
  const url = await ensureDatabase(first.url, DATABASE).catch(async (error: unknown) => {
    stopping = true
    await first.stop()
    throw error
  })
  return {
    url,
    status: () => ({
      kind: 'embedded',
      location: `${first.dataFolder} (127.0.0.1:${first.port})`,
      pid: server?.pid ?? null,
      restarts,
    }),
    async stop() {
      stopping = true
      clearTimeout(restartTimer)
      await restarting
      await server?.stop()
    },
    kill() {
      stopping = true
      clearTimeout(restartTimer)
      server?.stop({ mode: 'immediate' }).catch((error: Error) => log(error.message))
    },
  }
}

const EXIT_CODES: Readonly<Record<EmbeddedPostgresError['code'], number>> = {
  PLATFORM_UNSUPPORTED: EXIT.config,
  BINARIES_UNUSABLE: EXIT.config,
  DATA_FOLDER_UNUSABLE: EXIT.config,
  DATA_VERSION_MISMATCH: EXIT.config,
  DATA_FOLDER_IN_USE: EXIT.temporary,
  PORT_TAKEN: EXIT.temporary,
  INIT_FAILED: EXIT.unavailable,
  START_FAILED: EXIT.unavailable,
  STOP_FAILED: EXIT.unavailable,
}

function explain(error: unknown): never {
  if (!(error instanceof EmbeddedPostgresError)) throw error
  throw new ExitError(EXIT_CODES[error.code], error.message, { cause: error })
}
