import type { LoadedFault } from '../fault.js'

const COMMON = {
  kind: 'loaded',
  causes: ['DATABASE_UNREACHABLE'],
  verdicts: ['DATABASE_UNREACHABLE'],
  targets: { detectMs: 15_000, recoverMs: 10_000 },
} as const

export const databaseStopped: LoadedFault = {
  ...COMMON,
  name: 'database-stopped',
  title: 'database stopped 60 s',
  how: 'fast shutdown of the real server; started again at the same port 60 s later (15 s with --quick)',
  holdMs: 60_000,
  quickHoldMs: 15_000,
  async inject({ system }) {
    await system.server.stop()
    return undefined
  },
  heal: ({ system }) => system.server.start(),
}

export const databaseRestarted: LoadedFault = {
  ...COMMON,
  name: 'database-restarted',
  title: 'database restarted',
  how: 'fast shutdown and start at once, as a minor upgrade does; the doctor is asked in a second stop, which lasts until he has answered',
  holdMs: 0,
  async inject({ system }) {
    await system.server.stop()
    await system.server.start()
    return performance.now()
  },
  // It may be over between two looks at the health, and is in the log then.
  detect: ({ system }) =>
    system.apis.every((service) => service.logged('database.unreachable') > 0)
      ? 'DATABASE_UNREACHABLE'
      : null,
  async prolong({ system }) {
    await system.server.stop()
    return () => system.server.start()
  },
}
