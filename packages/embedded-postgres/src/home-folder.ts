// The home of one embedded server: `data` (PGDATA), `password` and the lock. It is the
// folder the caller names, or its place in a shelter when postgres's user cannot write there.
import { randomUUID } from 'node:crypto'
import { constants, existsSync, statSync } from 'node:fs'
import { access, chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'
import { type Account, canWriteIn, chooseAccount } from './service-account.js'
import { openShelter, shelterFor } from './shelter.js'

export interface Home {
  /** The folder in use. */
  readonly path: string
  /** PGDATA. */
  readonly dataFolder: string
  /** Who runs postgres; undefined: we ourselves. */
  readonly account: Account | undefined
}

export interface HomeOptions {
  readonly dataDir: string
  readonly shelterRoots: readonly string[]
  readonly log: (line: string) => void
}

/** Makes or finds the home of `dataDir`. Data that exists already decides where it is. */
export async function openHome({ dataDir, shelterRoots, log }: HomeOptions): Promise<Home> {
  const path = resolve(dataDir)
  const dataFolder = join(path, 'data')
  await mkdir(path, { recursive: true, mode: 0o711 }).catch((cause) => refuse(path, cause))
  const account = chooseAccount(dataFolder)
  if (!account) await checkOwner(path, dataFolder)
  if (!account || existsSync(dataFolder)) return { path, dataFolder, account }

  for (const root of shelterRoots) {
    const sheltered = await shelterFor(root, path)
    if (existsSync(join(sheltered, 'data'))) return announce(sheltered, path, log)
  }
  if (await isWritableFor(path, account)) return { path, dataFolder, account }

  const sheltered = await shelterFor(await openShelter(shelterRoots), path)
  await mkdir(sheltered, { recursive: true })
  return announce(sheltered, path, log)
}

// A run with sudo leaves folders that a later one without it cannot use.
async function checkOwner(path: string, dataFolder: string): Promise<void> {
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause) =>
    refuse(path, cause),
  )
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid
  if (owner !== undefined && owner !== process.getuid?.()) refuse(dataFolder, undefined)
}

function refuse(folder: string, cause: unknown): never {
  throw new EmbeddedPostgresError(
    'DATA_FOLDER_UNUSABLE',
    `The database folder ${folder} belongs to another user, or is closed to writing${cause instanceof Error ? ` (${cause.message})` : ''}. If it was made with other rights, such as sudo, run this in the same way as then; or delete it to start empty.`,
    { cause },
  )
}

async function announce(
  sheltered: string,
  original: string,
  log: (line: string) => void,
): Promise<Home> {
  const dataFolder = join(sheltered, 'data')
  const account = chooseAccount(dataFolder)
  const note = `The database of ${original} is in ${sheltered}: started by root, PostgreSQL runs as ${account?.name}, who cannot write here.`
  await writeFile(join(original, 'MOVED.txt'), `${note} To start empty, delete both folders.\n`)
  log(note)
  return { path: sheltered, dataFolder, account }
}

async function isWritableFor(folder: string, account: Account): Promise<boolean> {
  const probe = join(folder, `probe-${randomUUID()}`)
  await mkdir(probe, { mode: 0o700 })
  try {
    await chown(probe, account.uid, account.gid)
    return canWriteIn(probe, account)
  } catch (error) {
    // Network and foreign file systems may not know owners.
    if (errnoOf(error) === 'EPERM') return false
    throw error
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}
