/** Journals as a test needs them: filled, killed, and opened again. */
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Test } from 'tap'
import { type Backlog, createJournal, type JournalConfig, type QueuedEvent } from '../src/index.js'
import { parseFolderName, releasedFolderName } from '../src/journal/owner.js'
import { numbered, SILENT } from './test-store.js'

export const JOURNAL = {
  journalMaxBytes: 16_777_216,
  journalSegmentBytes: 65_536,
  eventQueueLimit: 10_000,
} as const

export function tempFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'bemore-journal-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** One that has taken over what there was to take over. */
export async function openJournal(
  journalDir: string,
  change: Partial<JournalConfig> = {},
): Promise<Backlog> {
  const journal = createJournal({ ...JOURNAL, ...change, journalDir }, SILENT)
  await journal.tend()
  return journal
}

export function queued(producerSeq: number, producer = 'p1'): QueuedEvent {
  return { ...numbered('s1', producer, producerSeq), pushedAt: producerSeq }
}

export const seqs = (events: readonly QueuedEvent[]) => events.map((each) => each.producerSeq)

export function foldersIn(root: string): string[] {
  return readdirSync(root).map((name) => join(root, name))
}

/** Oldest first. */
export function segmentsIn(root: string): string[] {
  return foldersIn(root)
    .sort((a, b) => madeAt(a) - madeAt(b))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    )
}

function madeAt(folder: string): number {
  return parseFolderName(basename(folder))?.madeAt ?? 0
}

export function bytesIn(root: string): number {
  return segmentsIn(root).reduce((sum, path) => sum + statSync(path).size, 0)
}

/** The folder as it is now, with nobody alive to own what lies in it. */
export function copyAsOfTheDead(t: Test, root: string): string {
  const copy = tempFolder(t)
  cpSync(root, copy, { recursive: true })
  for (const folder of foldersIn(copy)) {
    renameSync(folder, join(copy, releasedFolderName(madeAt(folder))))
  }
  return copy
}
