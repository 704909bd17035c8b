/**
 * Whether a session's frames, sounds and words may be taken. Every frame asks, so the answers are made
 * when consent changes and read as plain fields.
 */
import {
  applyConsent,
  type Consent,
  type ConsentPolicy,
  type ConsentRefusal,
  consentRefusal,
  consentStanding,
  type SessionEvent,
} from '@bemore/core'
import { type ConsentStatusData, MODALITIES, type Modality } from '@bemore/protocol'
import { type Peer, sendError } from './peer.js'

export interface ConsentGate {
  /** Why nothing of a modality is taken; null: it is. */
  readonly refused: Readonly<Record<Modality, ConsentRefusal | null>>
  isAllowed(modality: Modality): boolean
  /** Takes an event of the log, in order. @returns the modality that is no longer allowed by it. */
  learn(event: Extract<SessionEvent, { type: 'consent.recorded' }>): Modality | null
  status(): ConsentStatusData
}

export function createConsentGate(initial: Consent, policy: ConsentPolicy): ConsentGate {
  let consent = initial
  const refused: Record<Modality, ConsentRefusal | null> = { face: null, voice: null, text: null }
  const judge = (): void => {
    for (const modality of MODALITIES) refused[modality] = consentRefusal(consent, modality, policy)
  }
  judge()

  return {
    refused,
    isAllowed: (modality) => refused[modality] === null,
    learn(event) {
      const { modality } = event.data
      consent = applyConsent(consent, event)
      judge()
      return refused[modality] === null ? null : modality
    },
    status: () => ({
      face: consentStanding(consent, 'face', policy),
      voice: consentStanding(consent, 'voice', policy),
      text: consentStanding(consent, 'text', policy),
      noticeVersion: policy.consentNoticeVersion,
      context: policy.deploymentContext,
    }),
  }
}

/** Says why nothing of it is taken, at the pace of all replies to what should not have been sent. */
export function tellRefused(peer: Peer, modality: Modality, code: ConsentRefusal, atMs: number) {
  if (peer.meters.errorReplies.take(atMs)) sendError(peer, code, atMs, { ref: modality })
}
