import type { LoadedFault } from '../fault.js'

/** Less than what the load journals in the time that the database is away. */
const JOURNAL_BYTES = 64 * 1_024

export const journalFull: LoadedFault = {
  kind: 'loaded',
  name: 'journal-full',
  title: 'disk full for the journal, database away',
  how: `the database is stopped for 30 s, and each journal is on a disk of ${JOURNAL_BYTES / 1_024} KB of its own: a tmpfs where the run is root's (ENOSPC), a limit on file size elsewhere (EFBIG)`,
  topology: { journalBytes: JOURNAL_BYTES },
  causes: ['JOURNAL_UNWRITABLE'],
  verdicts: ['DATABASE_UNREACHABLE', 'JOURNAL_UNWRITABLE'],
  holdMs: 30_000,
  // Detected is the journal's trouble, which begins when the disk is full and not with the outage.
  targets: { detectMs: 25_000, recoverMs: 10_000 },
  async inject({ system }) {
    await system.server.stop()
    return undefined
  },
  heal: ({ system }) => system.server.start(),
}
