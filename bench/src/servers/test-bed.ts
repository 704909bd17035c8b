import { fileURLToPath } from 'node:url'
import {
  ensureDatabase,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@bemore/embedded-postgres'
import { startBemore } from './bemore.js'
import { startComparison } from './comparison.js'
import { type Pinning, pinProcess, planPinning } from './pinning.js'
import type { Subject } from './subject.js'

export interface Contestants {
  readonly bemore: Subject
  readonly comparison: Subject
}

export interface TestBed {
  readonly pinning: Pinning | null
  /** Runs `use` with both servers up, freshly started, and stops them. */
  withServers<Result>(
    options: { readonly inspect: boolean },
    use: (contestants: Contestants) => Promise<Result>,
  ): Promise<Result>
  stop(): Promise<void>
}

const DATA_FOLDER = fileURLToPath(new URL('../../../../.bemore/bench', import.meta.url))

/** One PostgreSQL with a database for each server, and the processors shared out. */
export async function prepareTestBed(
  cpuProfileDir: string | null,
  log: (line: string) => void,
): Promise<TestBed> {
  const database = await startEmbeddedPostgres({ dataDir: DATA_FOLDER, log: () => {} })
  const urlOf = (name: string) => ensureDatabase(database.url, name)
  const [bemoreUrl, comparisonUrl] = [await urlOf('bemore'), await urlOf('comparison')]
  // After PostgreSQL has been started, so that it alone may use every processor.
  const pinning = planPinning()
  if (pinning !== null) pinProcess(process.pid, pinning.load)
  log(pinning === null ? 'processors: not pinned' : describe(pinning))

  return {
    pinning,
    async withServers({ inspect }, use) {
      const comparison = await startComparison({ databaseUrl: comparisonUrl, inspect }, pinning)
      try {
        const bemore = await startBemore(
          { databaseUrl: bemoreUrl, inspect },
          pinning,
          cpuProfileDir,
        )
        try {
          return await use({ bemore, comparison })
        } finally {
          await bemore.stop()
        }
      } finally {
        await comparison.stop()
      }
    },
    async stop() {
      await database.stop()
      // The next run starts from empty tables too.
      await removeEmbeddedPostgres({ dataDir: DATA_FOLDER, log: () => {} })
    },
  }
}

function describe({ server, load }: Pinning): string {
  return `processors: servers on ${server}, load on ${load}, PostgreSQL on any`
}
