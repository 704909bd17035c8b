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
import {
  type ConsentStatusData,
  MODALITIES,
  type Modality,
  type ServerMessage,
} from '@bemore/protocol'
import { type Peer, sendError } from './peer.js'

export interface ConsentGate {
  /** Why nothing of a modality is taken; null: it is. */
  readonly refused: Readonly<Record<Modality, ConsentRefusal | null>>
  isAllowed(modality: Modality): boolean
  /** Takes an event of the log, in order. @returns the modality that is no longer allowed by it. */
  learn(event: Extract<SessionEvent, { type: 'consent.recorded' }>): Modality | null
  status(): ConsentStatusData
  /** Whether a frame taken at this moment (Unix ms) is of a time after the last no. */
  isCovered(modality: Modality, takenAt: number): boolean
  /** What to tell every socket; null: nothing changed since the last call. */
  takeNews(): ServerMessage | null
}

export function createConsentGate(initial: Consent, policy: ConsentPolicy): ConsentGate {
  let consent = initial
  let newsSeq = 0
  const refused: Record<Modality, ConsentRefusal | null> = { face: null, voice: null, text: null }
  const judge = (): void => {
    for (const modality of MODALITIES) refused[modality] = consentRefusal(consent, modality, policy)
  }
  judge()
  const status = (): ConsentStatusData => ({
    face: consentStanding(consent, 'face', policy),
    voice: consentStanding(consent, 'voice', policy),
    text: consentStanding(consent, 'text', policy),
    noticeVersion: policy.consentNoticeVersion,
    context: policy.deploymentContext,
  })

  return {
    refused,
    isAllowed: (modality) => refused[modality] === null,
    learn(event) {
      const { modality } = event.data
      consent = applyConsent(consent, event)
      judge()
      newsSeq = event.seq
      return refused[modality] === null ? null : modality
    },
    status,
    isCovered: (modality, takenAt) => takenAt >= (consent[modality]?.since ?? 0),
    takeNews() {
      if (newsSeq === 0) return null
      const seq = newsSeq
      newsSeq = 0
      return { type: 'consent_status', data: status(), seq }
    },
  }
}

/** Says why nothing of it is taken, at most once a second. */
export function tellRefused(peer: Peer, modality: Modality, code: ConsentRefusal, atMs: number) {
  if (peer.meters.rateNotices.take(atMs)) sendError(peer, code, atMs, { ref: modality })
}
