import type { LoadedFault, Scene } from '../fault.js'
import type { Service } from '../system/system.js'
import { waitUntilReady } from '../system/system.js'

const EXIT_LIMIT_MS = 25_000

export const realtimeStopped = stopOf('realtime', ({ system }) => system.realtimes[0])
export const apiStopped = stopOf('api', ({ system }) => system.apis[0])

function stopOf(
  kind: Service['kind'],
  victimOf: (scene: Scene) => Service | undefined,
): LoadedFault {
  return {
    kind: 'loaded',
    name: `${kind}-sigterm`,
    title: `SIGTERM under load: ${kind === 'api' ? 'API' : kind}`,
    how: `SIGTERM to the ${kind} process, which must exit 0 within 25 s; the supervisor starts it again. The doctor is asked in a second stop, after which the supervisor waits for him`,
    causes: ['DRAINING', 'CONNECTION_REFUSED', 'REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
    verdicts:
      kind === 'api'
        ? ['DRAINING', 'CONNECTION_REFUSED']
        : ['DRAINING', 'REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
    holdMs: 0,
    targets: { detectMs: 15_000, recoverMs: 5_000 },
    async inject(scene) {
      const victim = victimOf(scene)
      if (victim === undefined) return undefined
      const sentMs = performance.now()
      const exiting = victim.nextExit(EXIT_LIMIT_MS + 5_000)
      victim.signal('SIGTERM')
      const exit = await exiting
      if (exit === null) scene.miss(`no exit within ${EXIT_LIMIT_MS / 1_000} s of SIGTERM`)
      else {
        const tookMs = exit.atMs - sentMs
        scene.note(`exit ${exit.code ?? exit.signal} after ${(tookMs / 1_000).toFixed(1)} s`)
        if (exit.code !== 0) scene.miss(`exit ${exit.code ?? exit.signal} on SIGTERM`)
        if (tookMs > EXIT_LIMIT_MS) scene.miss(`SIGTERM took ${Math.round(tookMs)} ms`)
      }
      return exit?.atMs
    },
    async prolong(scene) {
      const victim = victimOf(scene)
      victim?.hold()
      const gone = victim?.nextExit(EXIT_LIMIT_MS)
      victim?.signal('SIGTERM')
      return async () => {
        await gone
        victim?.release()
        if (victim !== undefined) await waitUntilReady(victim)
      }
    },
  }
}
