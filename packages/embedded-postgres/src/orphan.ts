// A server that outlived its supervisor (kill -9) is stopped and started anew, not adopted: it is
// not our child, so its death could not be noticed; its settings and port may be those of an older
// run; and a restart costs a fraction of a second. The caller holds the folder's lock, so nobody
// alive is using it.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './embedded-postgres-error.js'
import { isPostmasterOf } from './process-identity.js'
import { poll, shutDown } from './shutdown-ladder.js'

export interface OrphanOptions {
  /** PGDATA; may not exist. */
  readonly dataFolder: string
  readonly timeoutMs: number
  readonly log: (line: string) => void
}

/**
 * Stops the orphaned server of a data folder, if there is one, and clears a `postmaster.pid` left
 * by a crash: postgres itself refuses to start when that pid belongs to any process of its user.
 */
export async function retireOrphan({ dataFolder, timeoutMs, log }: OrphanOptions): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  const pid = await postmasterPid(pidFile)
  if (pid === undefined) return
  const runs = () => isPostmasterOf(pid, dataFolder)
  if (runs()) {
    const outcome = await shutDown(
      {
        pid,
        signal: (signal) => signalIfThere(pid, signal),
        gone: (withinMs) => poll(() => !runs(), withinMs),
      },
      { mode: 'fast', timeoutMs },
    )
    log(`stopped a PostgreSQL left over by a killed process (pid ${pid}, ${outcome})`)
  } else {
    log(`the last PostgreSQL here ended without a shutdown (pid ${pid}); it recovers now`)
  }
  await rm(pidFile, { force: true })
}

async function postmasterPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(pidFile, 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}
