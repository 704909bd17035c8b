import {
  type Alert,
  type AlertFormat,
  type AlertPolicy,
  type AlertState,
  type CauseCode,
  type CauseSighting,
  deliver,
  isPathCause,
  renderAlert,
  trackCauses,
  undoAlert,
} from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import { diagnose } from '../doctor/diagnose.js'
import type { Diagnosis, FoundCause } from '../doctor/diagnosis.js'

export interface LookOptions {
  readonly url: string
  readonly policy: AlertPolicy
  readonly language: Language
  /** null: alerts are shown and recorded, and posted nowhere. */
  readonly webhook: { readonly url: string; readonly format: AlertFormat } | null
  /** Longest wait for one exchange with the target, ms. */
  readonly stepMs: number
  /** Of one delivery. */
  readonly retryMs?: number
  readonly signal: AbortSignal
}

export interface ToldAlert extends Alert {
  /** null where it was delivered, or there is nowhere to. */
  readonly undelivered: string | null
}

export interface Look {
  readonly diagnosis: Diagnosis
  readonly at: number
  readonly state: AlertState
  readonly alerts: readonly ToldAlert[]
}

/** The last step of a diagnosis that leaves no trace in the system. */
const LAST_STEP = 'listen'

/**
 * Looks once from outside and tells what is to be told. What reached nobody stays untold, so the next
 * look, or the next run of cron, tells it.
 */
export async function look(before: AlertState, options: LookOptions): Promise<Look> {
  const { url, policy, language, webhook, stepMs } = options
  const diagnosis = await diagnose(url, { until: LAST_STEP, stepMs })
  const at = Date.now()
  const seen = selectSightings(diagnosis, before, language)
  const tracked = trackCauses(before, seen, { at, policy })
  const version = diagnosis.server?.version ?? 'unknown'
  const source = { process: 'watch', instance: '', url: diagnosis.target, version }
  const alerts: ToldAlert[] = []
  let { state } = tracked
  for (const alert of tracked.alerts) {
    const body = renderAlert(webhook?.format ?? 'json', alert, source, language)
    const undelivered = webhook === null ? null : await post(body, webhook.url, options)
    if (undelivered !== null) state = undoAlert(state, before, alert)
    alerts.push({ ...alert, undelivered })
  }
  return { diagnosis, at, state, alerts }
}

/** @returns why it was not delivered, or null */
async function post(
  body: string,
  url: string,
  { signal, retryMs }: LookOptions,
): Promise<string | null> {
  const delivery = await deliver(body, { url, ...(retryMs !== undefined && { retryMs }) }, signal)
  if (delivery.outcome === 'sent') return null
  return delivery.outcome === 'failed' ? delivery.reason : 'stopped'
}

/**
 * Of new causes only the first is told, because the others may be its consequences; what was told
 * before is followed until it is gone.
 */
function selectSightings(
  { verdict, also, server }: Diagnosis,
  before: AlertState,
  language: Language,
): CauseSighting[] {
  const isTold = ({ code }: FoundCause) => (before[code]?.toldAt ?? null) !== null
  const first = verdict === null ? [] : [verdict]
  const sightings = new Map<string, CauseSighting>()
  for (const { code, detail, since } of [...first, ...also.filter(isTold)]) {
    if (sightings.has(code)) continue
    sightings.set(code, { code, detail: detail[language], ...(since !== null && { since }) })
  }
  // Nobody could be asked for what only health tells: it is not over because it is not seen.
  if (server === null) {
    for (const [code, { detail, since, toldAt }] of tracked(before)) {
      if (toldAt !== null && !isPathCause(code) && !sightings.has(code)) {
        sightings.set(code, { code, detail, since })
      }
    }
  }
  return [...sightings.values()]
}

type Tracked = NonNullable<AlertState[CauseCode]>

function tracked(state: AlertState): [CauseCode, Tracked][] {
  return Object.entries(state) as [CauseCode, Tracked][]
}
