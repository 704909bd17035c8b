/** Words that come over a socket: recognised by the client, or typed. */
import { randomUUID } from 'node:crypto'
import type { RealtimeConfig } from '@bemore/ops'
import { readSttText } from '@bemore/protocol'
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

  return (peer, message, atMs) => {
    const said = readSttText(message)
    if (said === null || said.text.trim() === '') return 'BAD_UTTERANCE'
    // A recogniser may still take it back.
    if (said.final === false) return null
    const { session, scope } = peer
    const { speech } = session
    const { text, id = randomUUID(), lang, startedAt, endedAt, confidence } = said
    if (text.length > config.utteranceMaxChars) sendError(peer, 'UTTERANCE_TOO_LONG', atMs)
    else if (session.consent.refused.text !== null) {
      // Whatever else is refused, this is not.
      if (speech.screen(text)) return null
      tellRefused(peer, 'text', session.consent.refused.text, atMs)
    } else if (session.status !== 'active') {
      // Whatever else waits for the session to go on, this does not.
      if (!speech.screen(text)) sendError(peer, 'SESSION_PAUSED', atMs)
    } else if (!speech.hasTaken(id)) {
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
