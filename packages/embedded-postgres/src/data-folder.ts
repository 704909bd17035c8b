// A data folder exists whole or not at all: initdb fills a draft beside it, which is then renamed.
// The password is stored before, so that a data folder never exists without one.
import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'
import type { Home } from './home-folder.js'
import type { Programs } from './programs.js'
import { spawnAs } from './service-account.js'

export const SUPERUSER = 'bemore'
const INIT_TIMEOUT_MS = 120_000

/**
 * Makes the data folder if there is none, checks it if there is; returns the password.
 * @param durable false leaves a new folder to the system's write-back: for data worth nothing
 */
export async function prepareDataFolder(
  home: Home,
  programs: Programs,
  durable: boolean,
): Promise<string> {
  await removeDrafts(home.path)
  const password = await storedPassword(home.path)
  const version = await dataVersion(home)
  if (version === undefined) {
    await initialise(home, programs, password, durable)
  } else if (version !== programs.major) {
    throw new EmbeddedPostgresError(
      'DATA_VERSION_MISMATCH',
      `The database in ${home.dataFolder} was made by PostgreSQL ${version}; this is PostgreSQL ${programs.major}, which cannot read it. Copy out what you need with PostgreSQL ${version} (pg_dump), then delete ${home.path}; or delete it to start empty.`,
    )
  }
  return password
}

async function dataVersion({ dataFolder }: Home): Promise<string | undefined> {
  try {
    return (await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    return undefined
  }
}

async function initialise(
  home: Home,
  programs: Programs,
  password: string,
  durable: boolean,
): Promise<void> {
  const draft = join(home.path, `init-${randomUUID()}`)
  const passwordFile = `${draft}.password`
  await mkdir(draft, { mode: 0o700 })
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (home.account) {
      await chown(draft, home.account.uid, home.account.gid)
      await chown(passwordFile, home.account.uid, home.account.gid)
    }
    await promisify(execFile)(
      programs.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        ...(durable ? [] : ['--no-sync']),
        '--encoding=UTF8',
        '--locale=C',
        // Unicode rules from PostgreSQL itself: the same order and case on every machine.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { ...spawnAs(home.account), timeout: INIT_TIMEOUT_MS },
    )
    await rename(draft, home.dataFolder)
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new EmbeddedPostgresError(
      'INIT_FAILED',
      `PostgreSQL could not create a database in ${home.dataFolder}: ${detail.trim()}`,
      { cause },
    )
  } finally {
    await removeDrafts(home.path)
  }
}

/** What an initdb that was killed half-way has left. */
async function removeDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith('init-')) {
      // An orphaned initdb may still be writing into it for a moment.
      await rm(join(home, name), { recursive: true, force: true, maxRetries: 10 })
    }
  }
}

async function storedPassword(home: string): Promise<string> {
  const path = join(home, 'password')
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
  const password = randomBytes(24).toString('base64url')
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, password, { mode: 0o600, flush: true })
  await rename(draft, path)
  return password
}
