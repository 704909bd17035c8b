import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** A numbered SQL file. Once applied anywhere it is never edited: the next change is the next file. */
export interface Migration {
  readonly version: number
  /** File name without `.sql`. */
  readonly name: string
  /** Whether code that does not know it must not run on it; said by `-- breaking: true` in the file. */
  readonly breaking: boolean
  readonly sql: string
  /** sha-256 of the text, hex. */
  readonly checksum: string
}

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/
const HEADER = /^--\s*breaking:\s*(true|false)\s*$/m

/** `migrations/` of this package, seen from `dist/src/schema/`. */
export const MIGRATIONS_FOLDER = new URL('../../../migrations/', import.meta.url)

/**
 * Reads every migration, in order.
 * @throws Error naming the file that has no place in the order, or no `-- breaking:` header
 */
export async function readMigrations(folder: URL = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(files.map((file, index) => readMigration(folder, file, index + 1)))
}

async function readMigration(folder: URL, file: string, place: number): Promise<Migration> {
  const version = Number(FILE_NAME.exec(file)?.[1])
  if (version !== place) {
    throw new Error(`${file}: migrations are numbered without gaps, 0001-name.sql and on`)
  }
  const sql = await readFile(new URL(file, folder), 'utf8')
  const breaking = HEADER.exec(sql)?.[1]
  if (breaking === undefined) {
    throw new Error(`${file}: it must say \`-- breaking: true\` or \`-- breaking: false\``)
  }
  const checksum = createHash('sha256').update(sql).digest('hex')
  return {
    version,
    name: file.slice(0, -'.sql'.length),
    breaking: breaking === 'true',
    sql,
    checksum,
  }
}
