import { join } from 'node:path'
import type { ChildLogs } from './child-logs.js'
import { startEmbeddedDatabase } from './embedded-database.js'
import { RESTART_POLICY } from './restart-backoff.js'
import { describeDatabaseUrl } from './up-settings.js'
import type { DatabaseStatus } from './up-status.js'

/** The database of a run: ours to start and stop, or somebody else's. */
export interface Database {
  readonly url: string
  status(): DatabaseStatus
  stop(): Promise<void>
  /** Must not wait. */
  kill(): void
}

/** @param externalUrl null: an embedded one in `folder` */
export async function openDatabase(
  externalUrl: string | null,
  folder: string,
  logs: ChildLogs,
  say: (line: string) => void,
): Promise<Database> {
  if (externalUrl === null) {
    return startEmbeddedDatabase({
      dataDir: join(folder, 'postgres'),
      policy: RESTART_POLICY,
      log(line) {
        logs.record('postgres', line)
        say(line)
      },
      serverLog: (line) => logs.record('postgres', line),
    })
  }
  const location = describeDatabaseUrl(externalUrl)
  return {
    url: externalUrl,
    status: () => ({ kind: 'external', location, pid: null, restarts: 0 }),
    stop: async () => {},
    kill: () => {},
  }
}
