import type { LoadedFault } from '../fault.js'

export const databaseStopped: LoadedFault = {
  kind: 'loaded',
  name: 'database-stopped',
  title: 'database stopped 60 s',
  how: '`pg_ctl stop -m fast` of the real server; started again at the same port after 60 s (15 s with --quick)',
  causes: ['DATABASE_UNREACHABLE'],
  verdicts: ['DATABASE_UNREACHABLE'],
  holdMs: 60_000,
  quickHoldMs: 15_000,
  targets: { detectMs: 15_000, recoverMs: 10_000 },
  inject: ({ system }) => system.server.stop(),
  heal: ({ system }) => system.server.start(),
}
