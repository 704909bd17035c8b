/** kill -9, as the kernel does when memory is short: nothing is flushed and nobody is told. */
import type { LoadedFault, Scene } from '../fault.js'
import type { Service } from '../system/system.js'
import { waitUntilReady } from '../system/system.js'

export const realtimeKilled = killOf('realtime', ({ system }) => system.realtimes[0])
export const apiKilled = killOf('api', ({ system }) => system.apis[0])

function killOf(
  kind: Service['kind'],
  victimOf: (scene: Scene) => Service | undefined,
): LoadedFault {
  return {
    kind: 'loaded',
    name: `${kind}-killed`,
    title: `${kind === 'api' ? 'API' : kind} killed −9 in mid-session`,
    how: `SIGKILL to the ${kind} process; the supervisor starts it again. The doctor is asked in a second kill, after which the supervisor waits for him`,
    causes: ['CONNECTION_REFUSED', 'REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
    verdicts: kind === 'api' ? ['CONNECTION_REFUSED'] : ['REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
    holdMs: 0,
    targets: { detectMs: 15_000, recoverMs: 5_000 },
    async inject(scene) {
      victimOf(scene)?.signal('SIGKILL')
      return undefined
    },
    async prolong(scene) {
      const victim = victimOf(scene)
      if (victim === undefined) return async () => {}
      victim.hold()
      const gone = victim.nextExit(5_000)
      victim.signal('SIGKILL')
      await gone
      return async () => {
        victim.release()
        await waitUntilReady(victim)
      }
    },
  }
}
