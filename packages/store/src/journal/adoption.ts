/**
 * Finds the journals of processes that are gone, and takes them over, one folder at a time. Two
 * processes that start at once see the same folders; the rename that claims one succeeds once.
 */
import { mkdir, readdir, readFile, rename, rmdir, stat, truncate, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@bemore/ops'
import {
  folderNameOf,
  judgeOwner,
  type Owner,
  parseFolderName,
  releasedFolderName,
} from './owner.js'
import { findRecords } from './record.js'
import { adoptSegment, type Segment } from './segment.js'

export interface Adopted {
  readonly segments: readonly Segment[]
  /** Places where records were lost before the end of what was written. */
  readonly damaged: number
}

export interface Adoption {
  /**
   * Takes over the next journal without a living owner that has at most `maxBytes`.
   * @returns null where there is none. @throws an error of the system
   */
  claimNext(maxBytes: number): Promise<Adopted | null>
}

export interface AdoptionDeps {
  readonly root: string
  /** Who takes over. */
  readonly owner: Owner
  readonly log: Logger
  /** A journal of another host or container, without a sign of life for this long, is nobody's. */
  readonly silenceMs: number
}

export function createAdoption({ root, owner, log, silenceMs }: AdoptionDeps): Adoption {
  /** When a sign of life was last seen to change: the clocks of two hosts are not compared. */
  const signs = new Map<string, { readonly mtimeMs: number; readonly seenAt: number }>()

  const isSilent = async (name: string): Promise<boolean> => {
    // Another process may have taken it over since it was listed.
    const mtimeMs = await stat(join(root, name)).then(
      (stats) => stats.mtimeMs,
      () => null,
    )
    if (mtimeMs === null) return false
    const known = signs.get(name)
    if (known?.mtimeMs !== mtimeMs) signs.set(name, { mtimeMs, seenAt: performance.now() })
    return known?.mtimeMs === mtimeMs && performance.now() - known.seenAt > silenceMs
  }
  const isGone = async (name: string, of: Owner): Promise<boolean> => {
    const state = judgeOwner(of)
    return state === 'gone' || (state === 'elsewhere' && (await isSilent(name)))
  }
  /** @returns false where another process was faster */
  const claim = async (from: string, to: string): Promise<boolean> => {
    try {
      await rename(from, to)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    }
  }

  /** What cannot be read now is left to a later try, or another process. */
  const readOrRelease = async (folder: string, madeAt: number): Promise<Adopted> => {
    try {
      return await readFolder(folder, log)
    } catch (error) {
      await rename(folder, join(root, releasedFolderName(madeAt))).catch(() => {})
      throw error
    }
  }

  return {
    async claimNext(maxBytes) {
      await mkdir(root, { recursive: true, mode: 0o700 })
      const names = await readdir(root)
      for (const known of signs.keys()) if (!names.includes(known)) signs.delete(known)
      // Whoever died first has the older events.
      const journals = names
        .map((name) => ({ name, parsed: parseFolderName(name) }))
        .sort((a, b) => (a.parsed?.madeAt ?? 0) - (b.parsed?.madeAt ?? 0))
      for (const { name, parsed } of journals) {
        const from = join(root, name)
        if (parsed === null || !(await isGone(name, parsed.owner))) continue
        if ((await sizeOf(from)) > maxBytes) continue
        const to = join(root, folderNameOf(owner, parsed.madeAt))
        if (await claim(from, to)) return readOrRelease(to, parsed.madeAt)
      }
      return null
    },
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder).catch(() => [])) {
    bytes += await stat(join(folder, name)).then(
      (stats) => stats.size,
      () => 0,
    )
  }
  return bytes
}

async function readFolder(folder: string, log: Logger): Promise<Adopted> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.journal')).sort()
  const segments: Segment[] = []
  let damaged = 0
  for (const [index, name] of names.entries()) {
    const path = join(folder, name)
    const bytes = await readFile(path)
    const found = findRecords(bytes)
    damaged += found.damaged
    const torn = bytes.length - found.end
    if (torn > 0) {
      const isTail = index === names.length - 1
      if (!isTail) damaged += 1
      log[isTail ? 'warn' : 'error'](
        { event: 'journal.torn', file: name, bytes: torn, isTail },
        'the end of a journal cannot be read and is cut off',
      )
      await truncate(path, found.end)
    }
    if (found.payloads.length === 0) await unlink(path)
    else segments.push(adoptSegment(path, found.payloads.length, found.end))
  }
  if (segments.length === 0) await rmdir(folder)
  const events = segments.reduce((sum, { count }) => sum + count, 0)
  if (events > 0 || damaged > 0) {
    log.warn({ event: 'journal.adopted', events, damaged }, 'took over events of an ended process')
  }
  return { segments, damaged }
}
