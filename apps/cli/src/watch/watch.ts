import { setTimeout as sleep } from 'node:timers/promises'
import { type AlertState, EXIT, NOTHING_WRONG } from '@bemore/ops'
import { exitCodeOf } from '../doctor/diagnosis-json.js'
import { parseTarget } from '../doctor/target.js'
import { listenForStop } from '../stop-signals.js'
import type { Terminal } from '../terminal.js'
import type { WatchHistory } from './history.js'
import { type Look, type LookOptions, look } from './look.js'
import { describeLook, renderLook, renderTold } from './watch-lines.js'

export interface WatchOptions extends Omit<LookOptions, 'signal'> {
  readonly history: WatchHistory
  readonly intervalMs: number
  /** One look, from where the history ends. */
  readonly once: boolean
  readonly json: boolean
}

/**
 * Looks at a BeMore from outside until it is told to stop, or once.
 * @returns the exit code of the first cause at the last look, 0 without one
 */
export async function watch(options: WatchOptions, terminal: Terminal): Promise<number> {
  const { history, intervalMs, once, json, language } = options
  const { baseUrl } = parseTarget(options.url)
  const stop = listenForStop(terminal)
  const stopped = new Promise<null>((resolve) => {
    stop.asked.addEventListener('abort', () => resolve(null))
  })
  const tell = (seen: Look, isNews: boolean) => {
    if (json) return terminal.say(JSON.stringify(describeLook(seen, language)))
    if (isNews) terminal.say(renderLook(seen, language, terminal.paint))
    for (const alert of seen.alerts) terminal.say(renderTold(alert, language, terminal.paint))
  }

  let state: AlertState = await restore(history, baseUrl, terminal)
  let exitCode: number = EXIT.ok
  let lastCause: string | null | undefined
  try {
    while (!stop.asked.aborted) {
      const beganAt = performance.now()
      const seen = await Promise.race([look(state, { ...options, signal: stop.asked }), stopped])
      if (seen === null) break
      const cause = seen.diagnosis.verdict?.code ?? null
      const isNews = cause !== lastCause
      tell(seen, isNews)
      if (isNews || seen.alerts.length > 0 || !isSameState(state, seen.state)) {
        await record(history, seen, options, terminal)
      }
      state = seen.state
      lastCause = cause
      exitCode = exitCodeOf(seen.diagnosis)
      if (once) break
      const restMs = Math.max(0, intervalMs - (performance.now() - beganAt))
      await sleep(restMs, undefined, { signal: stop.asked }).catch(() => {})
    }
  } finally {
    stop.release()
  }
  return exitCode
}

/** A history that cannot be had costs what it remembers, never the watch. */
async function restore(
  history: WatchHistory,
  target: string,
  terminal: Terminal,
): Promise<AlertState> {
  return history.lastState(target).catch((error: Error) => {
    terminal.complain(`bemore watch: the history cannot be read: ${error.message}`)
    return NOTHING_WRONG
  })
}

async function record(
  history: WatchHistory,
  seen: Look,
  { language }: WatchOptions,
  terminal: Terminal,
): Promise<void> {
  const { target, at, cause, detail, alerts } = describeLook(seen, language)
  const entry = { target, at, cause, detail, alerts, state: seen.state }
  await history.append(entry).catch((error: Error) => {
    terminal.complain(`bemore watch: the history cannot be written: ${error.message}`)
  })
}

/** Apart from what was seen of each cause, which changes with every look. */
function isSameState(left: AlertState, right: AlertState): boolean {
  const keyOf = (state: AlertState) =>
    JSON.stringify(state, (key, value) => (key === 'detail' ? undefined : value))
  return keyOf(left) === keyOf(right)
}
