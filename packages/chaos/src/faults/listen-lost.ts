/** The LISTEN connection alone is hurt: queries go on, and only the hints stay away. */
import type { LoadedFault, Scene } from '../fault.js'

export const listenHalfOpen: LoadedFault = {
  kind: 'loaded',
  name: 'listen-half-open',
  title: 'LISTEN half-open',
  how: 'a proxy swallows every byte of the LISTEN connections, which stay open at both ends, for 30 s; the pool is not touched',
  causes: ['BUS_LOST'],
  verdicts: ['BUS_LOST'],
  holdMs: 30_000,
  quickHoldMs: 16_000,
  // The self-notify round trip: every 10 s, and 5 s until its echo is given up.
  targets: { detectMs: 15_000 + 500, recoverMs: 10_000 },
  async inject({ system }) {
    system.route.bus.swallow()
    return undefined
  },
  async heal({ system }) {
    system.route.bus.forward()
  },
}

export const listenTerminated: LoadedFault = {
  kind: 'loaded',
  name: 'listen-terminated',
  title: 'LISTEN backend terminated',
  how: '`pg_terminate_backend` of every LISTEN connection; the doctor is asked in a second round, in which the proxy refuses new ones until he has answered',
  causes: ['BUS_LOST'],
  verdicts: ['BUS_LOST'],
  holdMs: 0,
  targets: { detectMs: 15_000, recoverMs: 10_000 },
  async inject(scene) {
    await terminateListeners(scene)
    return undefined
  },
  // Rebuilt within a fraction of a second, it is a line in the log before any health is read.
  detect: ({ system }) =>
    [...system.apis, ...system.realtimes].every((service) => service.logged('bus.lost') > 0)
      ? 'BUS_LOST'
      : null,
  async prolong(scene) {
    const { bus } = scene.system.route
    await bus.refuse()
    await terminateListeners(scene)
    return () => bus.accept()
  },
}

async function terminateListeners({ system }: Scene): Promise<void> {
  await system.server.administer(async (sql) => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
               where application_name = 'bemore-bus'`
  })
}
