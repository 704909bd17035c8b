// postgres refuses to run as root. When we are root it is run as an existing unprivileged user;
// nobody is created. Otherwise it runs as whoever we are, and `Account` is undefined throughout.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'

export interface Account {
  /** For messages: `user postgres`, `uid 1000`. */
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const CANDIDATES = ['postgres', 'nobody']

/**
 * Who is to run postgres. An existing data folder keeps its owner, so that a folder made without
 * root also works for root later.
 * @param dataFolder a PGDATA that may not exist yet
 */
export function chooseAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  }
  for (const name of CANDIDATES) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { name: `user ${name}`, uid, gid }
  }
  throw new EmbeddedPostgresError(
    'DATA_FOLDER_UNUSABLE',
    `PostgreSQL does not run as root, and there is no user named ${CANDIDATES.join(' or ')} to run it as. Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

function idOf(flag: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  const id = Number.parseInt(stdout ?? '', 10)
  return status === 0 && id > 0 ? id : undefined
}

/**
 * Spawn options for a PostgreSQL program. The environment is made new: PGPORT, PGDATA,
 * LD_LIBRARY_PATH or a locale of the caller's would change what the server does. The working
 * folder is one that every account can enter.
 */
export function spawnAs(account: Account | undefined) {
  return {
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(account && { uid: account.uid, gid: account.gid }),
  }
}

/**
 * Whether the account can enter a folder and write there, found out by doing it: mode bits alone
 * do not tell of access lists, squashed network mounts or read-only file systems.
 */
export function canWriteIn(folder: string, account: Account): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && : > .probe && rm .probe', folder], {
    ...spawnAs(account),
    stdio: 'ignore',
  })
  const refused = errnoOf(probe.error)
  if (refused === 'EPERM' || refused === 'EINVAL') {
    throw new EmbeddedPostgresError(
      'DATA_FOLDER_UNUSABLE',
      `PostgreSQL does not run as root, and here root may not become another user (${refused} for ${account.name}). Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  return probe.status === 0
}
