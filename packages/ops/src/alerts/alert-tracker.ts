import type { CauseCode } from '../causes/causes.js'

/** What was seen to be wrong at one moment: a health snapshot, or a probe from outside. */
export interface CauseSighting {
  readonly code: CauseCode
  readonly detail: string
  /** Unix ms, where the seen one says it itself; else the moment of the first sighting counts. */
  readonly since?: number
}

/** What somebody should be told. `durationMs` is how long it has lasted, or did last. */
export interface Alert {
  readonly event: 'problem' | 'reminder' | 'recovered'
  readonly code: CauseCode
  readonly detail: string
  /** Unix ms. */
  readonly since: number
  readonly at: number
  readonly durationMs: number
}

export interface AlertPolicy {
  /** A cause must have lasted this long before anybody is told, ms. */
  readonly afterMs: number
  /** It must have been gone this long before it counts as over, ms: what flaps is one problem. */
  readonly clearMs: number
  /** Between reminders of a problem that stays, ms. */
  readonly remindMs: number
  /** After so many, silence: whoever has not come by then is not called by one more. */
  readonly reminders: number
}

interface TrackedCause {
  readonly detail: string
  readonly since: number
  /** Since when it is not seen any more; null: it was seen last time. */
  readonly goneAt: number | null
  /** When anybody was last told; null: nobody was yet. */
  readonly toldAt: number | null
  readonly reminded: number
}

/**
 * What is known of each cause. Plain JSON, so that a run of cron finds what the one before left; at
 * most one entry for each cause there is.
 */
export type AlertState = Readonly<Partial<Record<CauseCode, TrackedCause>>>

export const NOTHING_WRONG: AlertState = {}

/**
 * One look: from what was known and what is seen now, what is known and who is to be told what. A
 * cause is told once when it has lasted, is repeated in `reminders`, and its end is told if its
 * beginning was. One that comes and goes within `clearMs` counts as one that stays.
 * @param at Unix ms; a clock that was set back only delays
 * @param urgent there will be no second look: what is wrong is told at once
 */
export function trackCauses(
  state: AlertState,
  seen: readonly CauseSighting[],
  { at, policy, urgent = false }: { at: number; policy: AlertPolicy; urgent?: boolean },
): { readonly state: AlertState; readonly alerts: readonly Alert[] } {
  const alerts: Alert[] = []
  const next: Partial<Record<CauseCode, TrackedCause>> = {}
  const tell = (event: Alert['event'], code: CauseCode, cause: TrackedCause, until: number) => {
    const { detail, since } = cause
    alerts.push({ event, code, detail, since, at, durationMs: Math.max(0, until - since) })
  }

  for (const { code, detail, since = at } of seen) {
    const known = state[code]
    const cause: TrackedCause = {
      detail,
      since: Math.min(known?.since ?? since, at),
      goneAt: null,
      toldAt: known?.toldAt ?? null,
      reminded: known?.reminded ?? 0,
    }
    const event = dueEvent(cause, at, urgent ? { ...policy, afterMs: 0 } : policy)
    if (event !== null) tell(event, code, cause, at)
    next[code] = afterTelling(cause, event, at)
  }

  for (const [name, known] of Object.entries(state)) {
    const code = name as CauseCode
    if (next[code] !== undefined) continue
    const goneAt = known.goneAt ?? at
    if (at - goneAt < policy.clearMs) next[code] = { ...known, goneAt }
    else if (known.toldAt !== null) tell('recovered', code, known, goneAt)
  }
  return { state: next, alerts }
}

/**
 * What is known after a look of which one alert did not reach anybody: the next look finds it due again.
 * @param before the state that look began with
 */
export function undoAlert(
  state: AlertState,
  before: AlertState,
  { event, code, since, durationMs }: Alert,
): AlertState {
  const known = before[code]
  if (event === 'recovered') {
    return known === undefined
      ? state
      : { ...state, [code]: { ...known, goneAt: since + durationMs } }
  }
  const now = state[code]
  if (now === undefined) return state
  const { toldAt = null, reminded = 0 } = known ?? {}
  return { ...state, [code]: { ...now, toldAt, reminded } }
}

function dueEvent(
  { since, toldAt, reminded }: TrackedCause,
  at: number,
  policy: AlertPolicy,
): 'problem' | 'reminder' | null {
  if (toldAt === null) return at - since >= policy.afterMs ? 'problem' : null
  return reminded < policy.reminders && at - toldAt >= policy.remindMs ? 'reminder' : null
}

function afterTelling(
  cause: TrackedCause,
  event: 'problem' | 'reminder' | null,
  at: number,
): TrackedCause {
  if (event === null) return cause
  return { ...cause, toldAt: at, reminded: cause.reminded + (event === 'reminder' ? 1 : 0) }
}
