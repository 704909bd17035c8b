import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { lockFolder } from './folder-lock.js'
import { openHome } from './home-folder.js'
import { retireOrphan } from './orphan.js'
import { SHELTER_ROOTS } from './shelter.js'

const ORPHAN_TIMEOUT_MS = 5_000

/**
 * Deletes a database for good, wherever it had to go, after stopping a server left over on it.
 * @throws DATA_FOLDER_IN_USE while a living process runs it
 */
export async function removeEmbeddedPostgres({
  dataDir,
  log,
  shelterRoots = SHELTER_ROOTS,
}: {
  dataDir: string
  log: (line: string) => void
  shelterRoots?: readonly string[]
}): Promise<void> {
  const home = await openHome({ dataDir, shelterRoots, log: () => {} })
  const lock = await lockFolder(home.path)
  try {
    const { dataFolder } = home
    await retireOrphan({ dataFolder, timeoutMs: ORPHAN_TIMEOUT_MS, log })
    await rm(home.path, { recursive: true, force: true, maxRetries: 10 })
    await rm(resolve(dataDir), { recursive: true, force: true })
  } finally {
    await lock.release()
  }
}
