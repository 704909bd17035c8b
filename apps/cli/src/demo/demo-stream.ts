import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoClient } from './demo-client.js'
import { type DemoPlan, phaseAt } from './demo-plan.js'
import type { DemoScreen } from './demo-screen.js'
import type { TallyRecorder } from './demo-tally.js'
import type { FrameSource } from './frame-source.js'
import type { SessionSockets } from './session-sockets.js'
import type { Stopwatch } from './stopwatch.js'

const REDRAW_MS = 250

export interface StreamOptions {
  readonly plan: DemoPlan
  readonly source: FrameSource
  readonly fps: number
  readonly sockets: SessionSockets
  readonly tally: TallyRecorder
  readonly screen: DemoScreen
  /** Running since the stream began. */
  readonly clock: Stopwatch
  readonly stop: AbortSignal
}

/** Sends the plan's frames at their rate, the pause included, and keeps the live line up to date. */
export async function streamFrames(options: StreamOptions): Promise<void> {
  const { plan, source, fps, sockets, tally, clock, stop } = options
  let nextFrameMs = 0
  let redrawMs = 0
  for (;;) {
    const elapsedMs = clock.elapsedMs()
    if (elapsedMs >= plan.totalMs || stop.aborted) return
    tally.frame(sockets.send('landmarks', source.frameAt(elapsedMs, Date.now())), elapsedMs)
    if (elapsedMs >= redrawMs) {
      redrawMs = elapsedMs + REDRAW_MS
      draw(options, elapsedMs)
    }
    // From the plan, not from now: a late frame does not make all later ones late.
    nextFrameMs = Math.max(nextFrameMs + 1000 / fps, elapsedMs)
    await sleep(nextFrameMs - clock.elapsedMs(), undefined, { signal: stop }).catch(() => {})
  }
}

function draw({ plan, sockets, tally, screen }: StreamOptions, elapsedMs: number): void {
  const isPaused = elapsedMs >= plan.pauseAtMs && elapsedMs < plan.resumeAtMs
  screen.progress({
    elapsedMs,
    totalMs: plan.totalMs,
    doing: isPaused ? 'paused' : phaseAt(plan, elapsedMs).face,
    affect: tally.affect,
    framesPerSecond: tally.frameRate(elapsedMs),
    windows: tally.windows.size,
    sockets: sockets.states(),
  })
}

export interface PauseOptions {
  readonly client: DemoClient
  readonly sessionId: string
  readonly plan: DemoPlan
  readonly stop: AbortSignal
  readonly note: (text: string) => void
}

/** @returns what went wrong, or null: trouble with the pause must not cost the report */
export async function pauseAndResume(options: PauseOptions): Promise<Error | null> {
  const { client, sessionId, plan, stop, note } = options
  try {
    await sleep(plan.pauseAtMs, undefined, { signal: stop })
    await client.pause(sessionId)
    note('paused; frames go on, and are not taken')
    await sleep(plan.resumeAtMs - plan.pauseAtMs, undefined, { signal: stop })
    await client.resume(sessionId)
    note('resumed')
    return null
  } catch (error) {
    return stop.aborted ? null : (error as Error)
  }
}
