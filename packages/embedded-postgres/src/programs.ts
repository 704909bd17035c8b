import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.js'
import { findNativePackage, linkSharedLibraries } from './native-package.js'
import { type Account, spawnAs } from './service-account.js'
import { copyOnce, openShelter } from './shelter.js'

export interface Programs {
  readonly postgres: string
  readonly initdb: string
  /** `18`: what a data folder's PG_VERSION must be. */
  readonly major: string
}

/**
 * The PostgreSQL programs, in a place where the account can run them: as installed, or copied to
 * the shelter (60 MB, once per version). Throws PLATFORM_UNSUPPORTED, BINARIES_UNUSABLE.
 */
export async function findPrograms(
  account: Account | undefined,
  shelterRoots: readonly string[],
  log: (line: string) => void,
): Promise<Programs> {
  const installed = findNativePackage()
  // A folder that we may not write to has its links already, or the trial below says so.
  await linkSharedLibraries(installed.root).catch((error: Error) => log(error.message))
  const inPlace = tryOut(installed.root, account)
  if (typeof inPlace !== 'string') return inPlace
  if (!account) throw unusable(inPlace)

  const copy = join(await openShelter(shelterRoots), `postgresql-${installed.tag}`)
  await copyOnce(installed.root, copy)
  const copied = tryOut(copy, account)
  if (typeof copied === 'string') throw unusable(copied)
  log(`PostgreSQL runs from ${copy}: ${account.name} cannot run it in ${installed.root}`)
  return copied
}

/** Runs `postgres --version` as the account: the programs, or why they cannot be run. */
function tryOut(root: string, account: Account | undefined): Programs | string {
  const postgres = join(root, 'bin', 'postgres')
  const { error, status, stdout, stderr } = spawnSync(postgres, ['--version'], {
    ...spawnAs(account),
    encoding: 'utf8',
  })
  const major = /PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1]
  if (status === 0 && major) return { postgres, initdb: join(root, 'bin', 'initdb'), major }
  return error?.message ?? `${postgres}: ${stderr.trim()}`
}

function unusable(reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL does not run here: ${reason}. It needs glibc (Debian, Ubuntu, Fedora; not Alpine) or macOS, and a file system that allows programs. Set DATABASE_URL to use a PostgreSQL of your own.`,
  )
}
