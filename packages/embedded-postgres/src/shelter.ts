// Root's own folders (/root, a `mktemp -d` of mode 0700) are closed to the unprivileged user that
// must run postgres. Loosening the user's folders is not ours to do, so binaries and data go to a
// shelter instead: a folder of root's that everyone may traverse. /var/lib first, because systems
// that clean /var/tmp by age would delete single files of a database.
import { createHash, randomUUID } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'

export const SHELTER_ROOTS: readonly string[] = ['/var/lib/bemore', '/var/tmp/bemore']

/** The first of the roots that exists, or can be made, and is safe to put things in. */
export async function openShelter(roots: readonly string[]): Promise<string> {
  const refusals: string[] = []
  for (const root of roots) {
    try {
      await mkdir(root, { mode: 0o755 }).catch((error: unknown) => {
        if (errnoOf(error) !== 'EEXIST') throw error
      })
      // In a folder that anyone may write to, such as /var/tmp, someone else may have made it, and
      // would then be choosing the programs that we run.
      const stat = await lstat(root)
      if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
        throw new Error(`${root} is not a folder that only root can write to`)
      }
      await chmod(root, 0o755)
      return root
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new EmbeddedPostgresError(
    'DATA_FOLDER_UNUSABLE',
    `PostgreSQL does not run as root, this folder is closed to other users, and there is no other place for its files: ${refusals.join('; ')}. Run this as an ordinary user, or from a folder that others may enter, or set DATABASE_URL.`,
  )
}

/** Where in a shelter the database of a given folder lives: always the same place for it. */
export async function shelterFor(root: string, folder: string): Promise<string> {
  const identity = await realpath(folder)
  return join(root, createHash('sha256').update(identity).digest('hex').slice(0, 16))
}

/** Copies a tree once, under its versioned name; concurrent copiers end with one whole copy. */
export async function copyOnce(source: string, target: string): Promise<void> {
  const draft = `${target}.${randomUUID()}`
  if (await exists(target)) return
  try {
    await cp(source, draft, { recursive: true, verbatimSymlinks: true })
    await openToAll(draft)
    await rename(draft, target)
  } catch (error) {
    if (!(await exists(target))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

// Installed under a strict umask, the original is readable by its owner alone.
async function openToAll(path: string): Promise<void> {
  await chmod(path, 0o755)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) {
      await openToAll(child)
    } else if (entry.isFile()) {
      const { mode } = await lstat(child)
      await chmod(child, mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}
