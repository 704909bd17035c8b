import type { RestartPolicy } from './restart-backoff.js'
import {
  createSupervisedProcess,
  type ProcessEvent,
  type ProcessSpec,
  type ProcessStatus,
} from './supervised-process.js'

export interface Supervisor {
  start(): void
  status(): readonly ProcessStatus[]
  /** Resolves with the exit code of the first child that starting again would not help. */
  readonly gaveUp: Promise<number>
  /** All children at the same time; each gets `patienceMs` before it is killed. */
  stop(patienceMs: number): Promise<void>
  kill(): void
}

export interface SupervisorDeps {
  readonly policy: RestartPolicy
  readonly onEvent: (event: ProcessEvent) => void
  readonly onOutput: (name: string, chunk: Uint8Array) => void
}

/** Keeps a set of processes running until it is told to stop them. */
export function createSupervisor(
  specs: readonly ProcessSpec[],
  { policy, onEvent, onOutput }: SupervisorDeps,
): Supervisor {
  let giveUp: (exitCode: number) => void = () => {}
  const gaveUp = new Promise<number>((resolve) => {
    giveUp = resolve
  })
  const processes = specs.map((spec) =>
    createSupervisedProcess(spec, {
      policy,
      onOutput: (chunk) => onOutput(spec.name, chunk),
      onEvent(event) {
        onEvent(event)
        if (event.type === 'gave-up') giveUp(event.exitCode)
      },
    }),
  )
  return {
    gaveUp,
    start() {
      for (const supervised of processes) supervised.start()
    },
    status: () => processes.map((supervised) => supervised.status()),
    async stop(patienceMs) {
      await Promise.all(processes.map((supervised) => supervised.stop(patienceMs)))
    },
    kill() {
      for (const supervised of processes) supervised.kill()
    },
  }
}
