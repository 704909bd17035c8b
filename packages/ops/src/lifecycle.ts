import { EXIT, ExitError } from './exit-codes.js'
import type { Logger } from './logger.js'

/**
 * The order of an orderly stop: the listener is closed; clients are told and let go, requests under
 * way are answered; what is not yet in the log goes there; connections and pools are closed. Each
 * phase starts when the one before is done or its time is up, so a stuck phase costs its own time and
 * nothing more. A second signal exits at once.
 */
export const PHASES = ['refuse', 'drain', 'flush', 'close'] as const
export type Phase = (typeof PHASES)[number]

/** How the phases share the time: each gets at least its part of what those before it left. */
const SHARES: Readonly<Record<Phase, number>> = { refuse: 1, drain: 6, flush: 3, close: 2 }

/** @param withinMs when the phase ends, whether or not the step is done. */
export type StopStep = (withinMs: number) => Promise<void> | void

export interface Lifecycle {
  /** Registers work for a phase; steps of one phase run at the same time. */
  onStop(phase: Phase, name: string, step: StopStep): void
  /** Stops in order; resolves with the exit code. Called again it is the same stop, with the higher code. */
  stop(reason: string, exitCode?: number): Promise<number>
}

export interface LifecycleOptions {
  readonly log: Logger
  /** For the whole stop, ms; the phases share it. */
  readonly timeoutMs: number
}

export function createLifecycle({ log, timeoutMs }: LifecycleOptions): Lifecycle {
  const steps = new Map<Phase, { name: string; run: StopStep }[]>()
  let stopping: Promise<number> | undefined
  /** The worst that was asked for: a fault during an orderly stop must not end as one. */
  let exitCode: number = EXIT.ok

  const runStep = async (phase: Phase, name: string, run: StopStep, withinMs: number) => {
    const outcome = await settleWithin(run, withinMs)
    if (outcome === 'done') return true
    log.warn(
      { event: 'stop.step_failed', phase, step: name, err: outcome },
      `${name} did not stop in order`,
    )
    return false
  }
  const runPhase = async (phase: Phase, withinMs: number): Promise<boolean> => {
    const startedAt = performance.now()
    const registered = steps.get(phase) ?? []
    const outcomes = await Promise.all(
      registered.map(({ name, run }) => runStep(phase, name, run, withinMs)),
    )
    const clean = outcomes.every((done) => done)
    const ms = Math.round(performance.now() - startedAt)
    const names = registered.map(({ name }) => name)
    log.info(
      { event: 'stop.phase', phase, ms, withinMs: Math.round(withinMs), clean, steps: names },
      `${phase}: ${clean ? 'done' : 'not done in order'}`,
    )
    return clean
  }

  const stopInOrder = async (reason: string): Promise<number> => {
    const startedAt = performance.now()
    log.info({ event: 'stop.begin', reason }, 'stopping')
    let clean = true
    for (const [index, phase] of PHASES.entries()) {
      const leftMs = timeoutMs - (performance.now() - startedAt)
      const withinMs = Math.max(1, (leftMs * SHARES[phase]) / sharesFrom(index))
      clean = (await runPhase(phase, withinMs)) && clean
    }
    const ms = Math.round(performance.now() - startedAt)
    log.info({ event: 'stop.end', ms, clean, exitCode }, 'stopped')
    return exitCode
  }

  return {
    onStop(phase, name, run) {
      steps.set(phase, [...(steps.get(phase) ?? []), { name, run }])
    },
    stop(reason, wanted = EXIT.ok) {
      exitCode = Math.max(exitCode, wanted)
      stopping ??= stopInOrder(reason)
      return stopping
    },
  }
}

function sharesFrom(index: number): number {
  return PHASES.slice(index).reduce((sum, phase) => sum + SHARES[phase], 0)
}

/** Runs a step; gives 'done', or the error that ended it (a timeout among them). */
async function settleWithin(run: StopStep, ms: number): Promise<'done' | Error> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`not done within ${Math.round(ms)} ms`)), ms)
  })
  const done = Promise.resolve()
    .then(() => run(ms))
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
