import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedFault, Scene } from '../fault.js'
import { ROOT, type Service, waitUntilReady } from '../system/system.js'

const EXIT_LIMIT_MS = 30_000
/** Old and new stand side by side for this long. */
const TOGETHER_MS = 5_000

/** @param oldRoot a built checkout of an earlier commit; null: this one, under another name */
export function createRollingDeploy(oldRoot: string | null): LoadedFault {
  const old =
    oldRoot === null ? { env: { COMMIT: 'old' } } : { root: oldRoot, env: { COMMIT: 'old' } }
  return {
    kind: 'loaded',
    name: 'rolling-deploy',
    title: 'rolling deploy, old and new at once',
    how: `new processes start beside the old on one database; a balancer sends new connections to both for ${TOGETHER_MS / 1_000} s, then to the new only, and the old are told to stop, one after the other. The old code is ${oldRoot === null ? 'this code under another COMMIT' : 'an earlier commit'}`,
    topology: { ...old, balanced: true },
    causes: ['DRAINING'],
    verdicts: ['OK'],
    holdMs: 0,
    targets: { detectMs: null, recoverMs: 5_000 },
    async inject(scene) {
      const { system } = scene
      const leaving = [...system.realtimes, ...system.apis]
      const arriving = await Promise.all([
        system.add('realtime', { env: { COMMIT: 'new' }, root: ROOT }),
        system.add('api', { env: { COMMIT: 'new' }, root: ROOT }),
      ])
      await Promise.all(arriving.map(waitUntilReady))
      route(scene, [...leaving, ...arriving])
      await sleep(TOGETHER_MS)
      route(scene, arriving)
      const drainedMs: number[] = []
      for (const service of leaving) drainedMs.push(await retire(scene, service))
      scene.note(
        `old processes gone after ${drainedMs.map((ms) => (ms / 1_000).toFixed(1)).join(' and ')} s`,
      )
      const { failed, refused } = scene.load.rest.tally
      if (failed + refused > 0)
        scene.miss(`requests: ${failed + refused} of a deploy were not answered`)
      return performance.now()
    },
  }
}

function route({ system }: Scene, services: readonly Service[]): void {
  for (const kind of ['api', 'realtime'] as const) {
    system.balancers[kind].route(
      services.filter((each) => each.kind === kind).map(({ port }) => port),
    )
  }
}

/** @returns how long it took to stop, ms */
async function retire(scene: Scene, service: Service): Promise<number> {
  const sentMs = performance.now()
  const exit = await scene.system.retire(service, EXIT_LIMIT_MS)
  if (exit?.code !== 0) scene.miss(`${service.name} ended with ${exit?.code ?? 'a kill'}, not 0`)
  return performance.now() - sentMs
}
