/**
 * Consent is a fold like everything else: the last word on a modality counts. Nothing here asks for a
 * clock or a database, so that realtime, REST and report judge alike.
 */
import {
  type ConsentChoice,
  type ConsentStanding,
  type DeploymentContext,
  MODALITIES,
  type Modality,
} from '@bemore/protocol'
import type { ConsentRecorded } from './consent-events.js'
import { createEvent, type NewSessionEvent, type SessionEvent } from './events.js'

export interface ConsentEntry {
  readonly decision: ConsentRecorded['decision']
  readonly noticeVersion: string
  readonly source: ConsentRecorded['source']
  /** Unix ms. */
  readonly at: number
  /** Where a yes follows a no: from when on, Unix ms; what was taken before it is not covered. */
  readonly since?: number
}

/** Nothing stands for a modality that nobody spoke of. */
export type Consent = { readonly [Name in Modality]?: ConsentEntry }

export interface ConsentPolicy {
  /** What holds for a client that says nothing. */
  readonly consentDefault: 'assumed' | 'required'
  readonly deploymentContext: DeploymentContext
  /** Of the notice that clients are to show. */
  readonly consentNoticeVersion: string
}

export type ConsentRefusal = 'CONSENT_REQUIRED' | 'CONSENT_WITHDRAWN' | 'CONTEXT_FORBIDS'

/** Which types of event hold what was read from a modality; `0004` of the store has the same list. */
const PREFIXES: Readonly<Record<Modality, readonly string[]>> = {
  face: ['face.', 'baseline.'],
  voice: ['voice.', 'vad.'],
  text: ['text.', 'utterance.', 'cbt.', 'chat.'],
}

/** The modality whose data an event of this type holds; null: none, it is of the session itself. */
export function modalityOf(type: string): Modality | null {
  for (const modality of MODALITIES) {
    if (PREFIXES[modality].some((prefix) => type.startsWith(prefix))) return modality
  }
  return null
}

export function foldConsent(events: Iterable<SessionEvent>): Consent {
  let consent: Consent = {}
  for (const event of events) {
    if (event.type === 'consent.recorded') consent = applyConsent(consent, event)
  }
  return consent
}

export function applyConsent(
  consent: Consent,
  { at, data }: Extract<NewSessionEvent, { type: 'consent.recorded' }>,
): Consent {
  const { modality, ...entry } = data
  const before = consent[modality]
  const since = isNo(entry.decision) ? undefined : isNo(before?.decision) ? at : before?.since
  return { ...consent, [modality]: { ...entry, at, ...(since !== undefined && { since }) } }
}

export function isNo(decision: ConsentRecorded['decision'] | undefined): boolean {
  return decision === 'refused' || decision === 'withdrawn'
}

/** Whether the deployment lets this modality be read at all, whatever a person agrees to. */
function isForbidden(modality: Modality, { deploymentContext }: ConsentPolicy): boolean {
  return modality !== 'text' && deploymentContext !== 'counselling'
}

export function consentStanding(
  consent: Consent,
  modality: Modality,
  policy: ConsentPolicy,
): ConsentStanding {
  if (isForbidden(modality, policy)) return 'forbidden'
  const decision = consent[modality]?.decision
  if (decision === undefined || decision === 'assumed') return policy.consentDefault
  return decision
}

/** Why nothing may be taken of this modality; null: it may. */
export function consentRefusal(
  consent: Consent,
  modality: Modality,
  policy: ConsentPolicy,
): ConsentRefusal | null {
  switch (consentStanding(consent, modality, policy)) {
    case 'granted':
    case 'assumed':
      return null
    case 'withdrawn':
      return 'CONSENT_WITHDRAWN'
    case 'forbidden':
      return 'CONTEXT_FORBIDS'
    default:
      return 'CONSENT_REQUIRED'
  }
}

export function isChannelAllowed(
  consent: Consent,
  modality: Modality,
  policy: ConsentPolicy,
): boolean {
  return consentRefusal(consent, modality, policy) === null
}

/**
 * The events that make a client's choice so; none where it is so already, because clients repeat
 * themselves. A no to what was taken until now withdraws it, which erases; any other no refuses.
 */
export function decideConsent(
  consent: Consent,
  choice: ConsentChoice,
  policy: ConsentPolicy,
  at: number,
): NewSessionEvent[] {
  const noticeVersion = choice.noticeVersion ?? policy.consentNoticeVersion
  return MODALITIES.flatMap((modality) => {
    const wanted = choice[modality]
    if (wanted === undefined) return []
    const before = consent[modality]
    if (wanted) {
      const isSo = before?.decision === 'granted' && before.noticeVersion === noticeVersion
      return isSo ? [] : [record(modality, 'granted', noticeVersion, 'client', at)]
    }
    if (isNo(before?.decision)) return []
    const wasTaken = before !== undefined || policy.consentDefault === 'assumed'
    const decision = wasTaken ? 'withdrawn' : 'refused'
    return [record(modality, decision, noticeVersion, 'client', at)]
  })
}

/** What is recorded at a start: the client's own words, and an assumption where it has none. */
export function decideInitialConsent(
  consent: Consent,
  choice: ConsentChoice,
  policy: ConsentPolicy,
  at: number,
): NewSessionEvent[] {
  const { consentNoticeVersion } = policy
  return MODALITIES.flatMap((modality) => {
    if (consent[modality] !== undefined) return []
    const said = choice[modality]
    if (said !== undefined) {
      const version = choice.noticeVersion ?? consentNoticeVersion
      return [record(modality, said ? 'granted' : 'refused', version, 'client', at)]
    }
    return consentStanding(consent, modality, policy) === 'assumed'
      ? [record(modality, 'assumed', consentNoticeVersion, 'default', at)]
      : []
  })
}

function record(
  modality: Modality,
  decision: ConsentRecorded['decision'],
  noticeVersion: string,
  source: ConsentRecorded['source'],
  at: number,
): NewSessionEvent {
  return createEvent('consent.recorded', at, { modality, decision, noticeVersion, source })
}
