/** Words that come over a socket: recognised by the client, or typed. */
import { randomUUID } from 'node:crypto'
import type { RealtimeConfig } from '@bemore/ops'
import { type ErrorCode, readSttText, saidIn } from '@bemore/protocol'
import type { Clock } from './clock.js'
import { tellRefused } from './consent-gate.js'
import { type Peer, sendError } from './peer.js'
import type { Traffic } from './traffic.js'

/** @returns what is wrong with the message, or null. */
export type UtteranceHandler = (peer: Peer, message: unknown, atMs: number) => string | null

export interface UtteranceHandlerDeps {
  readonly config: Pick<RealtimeConfig, 'utteranceMaxChars'>
  readonly clock: Clock
  readonly utterances: Traffic['utterances']
}

export function createUtteranceHandler(deps: UtteranceHandlerDeps): UtteranceHandler {
  const { config, clock, utterances } = deps

  const refusalOf = ({ session }: Peer, text: string): ErrorCode | null => {
    if (text.length > config.utteranceMaxChars) return 'UTTERANCE_TOO_LONG'
    return session.consent.refused.text ?? (session.status === 'active' ? null : 'SESSION_PAUSED')
  }
  const refuse = (peer: Peer, code: ErrorCode, atMs: number): void => {
    const { text } = peer.session.consent.refused
    if (code === text) tellRefused(peer, 'text', text, atMs)
    else sendError(peer, code, atMs)
  }

  return (peer, message, atMs) => {
    const { session, scope } = peer
    const { speech } = session
    const said = readSttText(message)
    if (said === null || said.text.trim() === '') {
      // Whatever is wrong with a message, what it says is heard.
      return speech.screen(saidIn(message)) ? null : 'BAD_UTTERANCE'
    }
    // A recogniser may still take it back.
    if (said.final === false) return null
    const { text, id = randomUUID(), lang, startedAt, endedAt, confidence } = said
    const refusal = refusalOf(peer, text)
    if (refusal !== null) {
      if (!speech.screen(text)) refuse(peer, refusal, atMs)
    } else if (speech.hasTaken(id)) {
      // Sent again, or another utterance under a name that was used before.
      if (!speech.isRiskFlagged) speech.screen(text)
    } else {
      const origin = scope === 'session' ? 'session' : 'voice'
      utterances.add(origin)
      speech.take({
        ...{ id, text: text.trim(), origin, at: clock.wallMs() },
        ...(lang !== undefined && { lang }),
        ...(startedAt !== undefined && { startedAt }),
        ...(endedAt !== undefined && { endedAt }),
        ...(confidence !== undefined && { sttConfidence: confidence }),
      })
    }
    return null
  }
}
