import type { LoadedFault } from '../fault.js'

export const databaseFrozen: LoadedFault = {
  kind: 'loaded',
  name: 'database-frozen',
  title: 'database frozen',
  how: 'SIGSTOP to the postmaster and every backend, SIGCONT after 20 s: connections stay open and nothing answers',
  causes: ['DATABASE_TIMEOUT', 'DATABASE_UNREACHABLE', 'DATABASE_BUSY'],
  verdicts: ['DATABASE_TIMEOUT', 'DATABASE_UNREACHABLE', 'DATABASE_BUSY'],
  holdMs: 20_000,
  quickHoldMs: 10_000,
  targets: { detectMs: 15_000, recoverMs: 10_000 },
  async inject({ system }) {
    await system.server.freeze()
    return undefined
  },
  heal: async ({ system }) => system.server.thaw(),
}
