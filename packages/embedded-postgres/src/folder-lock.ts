// One supervisor per folder. The lock tells a server that someone is using (leave it alone) from
// one whose supervisor was killed (an orphan, to be stopped). It holds for as long as its process
// lives. Locks are numbered, and the newest one counts: a dead lock is never removed to make
// room, which two takers could do to each other, but succeeded by the next number, which link(2)
// gives to exactly one of them, content included.
import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processStart } from '@bemore/ops'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'

const MAX_ATTEMPTS = 10

export interface FolderLock {
  release(): Promise<void>
}

/** Takes the folder, or throws DATA_FOLDER_IN_USE with the pid of the process that holds it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const draft = join(folder, `supervisor.${randomUUID()}.draft`)
  const content = JSON.stringify({ pid: process.pid, start: processStart(process.pid) })
  await writeFile(draft, content, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const newest = Math.max(0, ...(await generations(folder)))
      const holder = await holderOf(pathOf(folder, newest))
      if (holder !== undefined) throw inUse(folder, `process ${holder}`)
      const own = pathOf(folder, newest + 1)
      try {
        await link(draft, own)
      } catch (error) {
        if (errnoOf(error) === 'EEXIST') continue
        throw error
      }
      const others = (await generations(folder)).filter((generation) => generation !== newest + 1)
      // Newer ones came, and swept our number away, since we looked.
      const isOvertaken = others.some((generation) => generation > newest)
      for (const generation of isOvertaken ? [newest + 1] : others) {
        await rm(pathOf(folder, generation), { force: true })
      }
      if (!isOvertaken) return { release: () => empty(own) }
    }
    throw inUse(folder, 'several processes that start at once')
  } finally {
    await rm(draft, { force: true })
  }
}

const pathOf = (folder: string, generation: number) => join(folder, `supervisor.${generation}.lock`)

async function generations(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const [, generation] = /^supervisor\.(\d+)\.lock$/.exec(name) ?? []
    return generation ? [Number(generation)] : []
  })
}

async function holderOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(ifMissing(''))
  const [, pid, start] = /^\{"pid":(\d+),"start":"([^"]+)"\}$/.exec(text) ?? []
  return pid && processStart(Number(pid)) === start ? Number(pid) : undefined
}

async function empty(path: string): Promise<void> {
  await truncate(path).catch(ifMissing(undefined))
}

function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (errnoOf(error) === 'ENOENT') return value
    throw error
  }
}

function inUse(folder: string, holder: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_FOLDER_IN_USE',
    `The database folder ${folder} is in use by ${holder}. Stop that first, or use its database.`,
  )
}
