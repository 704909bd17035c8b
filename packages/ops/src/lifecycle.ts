import { EXIT, ExitError } from './exit-codes.js'
import type { Logger } from './logger.js'

/**
 * The order of an orderly stop. Each phase starts when the one before is done or its time is up, so a
 * stuck phase costs its own time and nothing more. A second signal exits at once.
 */
export const PHASES = ['refuse', 'drain', 'flush', 'close'] as const
export type Phase = (typeof PHASES)[number]

export interface Lifecycle {
  /** Registers work for a phase; steps of one phase run at the same time. */
  onStop(phase: Phase, name: string, step: () => Promise<void> | void): void
  /** Stops in order; resolves with the exit code. Calling it again returns the same promise. */
  stop(reason: string, exitCode?: number): Promise<number>
}

export interface LifecycleOptions {
  readonly log: Logger
  /** For the whole stop, ms; the phases share it. */
  readonly timeoutMs: number
}

export function createLifecycle({ log, timeoutMs }: LifecycleOptions): Lifecycle {
  const steps = new Map<Phase, { name: string; run: () => Promise<void> | void }[]>()
  let stopping: Promise<number> | undefined

  const runPhase = async (phase: Phase, deadline: number): Promise<boolean> => {
    let clean = true
    const left = Math.max(1, deadline - Date.now())
    await Promise.all(
      (steps.get(phase) ?? []).map(async ({ name, run }) => {
        const outcome = await settleWithin(run, left)
        if (outcome === 'done') return
        clean = false
        log.warn(
          { event: 'stop.step_failed', phase, step: name, err: outcome },
          `${name} did not stop in order`,
        )
      }),
    )
    return clean
  }

  const stopInOrder = async (reason: string, exitCode: number): Promise<number> => {
    const startedAt = Date.now()
    log.info({ event: 'stop.begin', reason }, 'stopping')
    let clean = true
    for (const [index, phase] of PHASES.entries()) {
      // An even share of what is left, so that one stuck phase cannot starve those after it.
      const left = startedAt + timeoutMs - Date.now()
      const deadline = Date.now() + left / (PHASES.length - index)
      clean = (await runPhase(phase, deadline)) && clean
    }
    log.info({ event: 'stop.end', ms: Date.now() - startedAt, clean }, 'stopped')
    return exitCode
  }

  return {
    onStop(phase, name, run) {
      steps.set(phase, [...(steps.get(phase) ?? []), { name, run }])
    },
    stop(reason, exitCode = EXIT.ok) {
      stopping ??= stopInOrder(reason, exitCode)
      return stopping
    },
  }
}

/** Runs a step; gives 'done', or the error that ended it (a timeout among them). */
async function settleWithin(run: () => Promise<void> | void, ms: number): Promise<'done' | Error> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`not done within ${Math.round(ms)} ms`)), ms)
  })
  const done = Promise.resolve()
    .then(run)
    .then(
      () => 'done' as const,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
  const outcome = await Promise.race([done, late])
  clearTimeout(timer)
  return outcome
}

/**
 * Runs a process: its `start` registers stop steps; signals stop it in order; an error nobody caught
 * ends it with 70, a failed start with the code the error carries.
 */
export async function runProcess(
  log: Logger,
  lifecycle: Lifecycle,
  start: () => Promise<void>,
): Promise<void> {
  const exit = (code: number) => process.exit(code)
  const fail = (error: unknown, event: string) => {
    log.fatal({ event, err: error }, error instanceof Error ? error.message : String(error))
    void lifecycle
      .stop(event, error instanceof ExitError ? error.exitCode : EXIT.software)
      .then(exit)
  }
  let signals = 0
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals += 1
      if (signals > 1) exit(EXIT.interrupted)
      else void lifecycle.stop(signal).then(exit)
    })
  }
  process.on('uncaughtException', (error) => fail(error, 'process.uncaught'))
  process.on('unhandledRejection', (error) => fail(error, 'process.unhandled'))
  try {
    await start()
  } catch (error) {
    fail(error, 'process.start_failed')
  }
}
