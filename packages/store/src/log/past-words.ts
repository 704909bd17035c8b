import type { SessionEvent } from '@bemore/core'
import type { EventLog } from '../store.js'

/** Of utterances and turns of the chat; more is not looked at. */
const PAST_WORDS = 300
/** A session has at most one a minute or so. */
const PAST_INTERVENTIONS = 1_000

/**
 * What was said and asked in a session, as far as the next utterance needs to know it. That it was
 * flagged is always among it, however long ago.
 * @throws StoreError
 */
export async function readPastWords(
  log: Pick<EventLog, 'recent' | 'latest'>,
  sessionId: string,
): Promise<SessionEvent[]> {
  const [words, interventions, flag] = await Promise.all([
    log.recent(sessionId, ['text.utterance', 'chat.message'], PAST_WORDS),
    log.recent(sessionId, ['cbt.intervention'], PAST_INTERVENTIONS),
    log.latest(sessionId, 'risk.flagged'),
  ])
  const events = flag === null ? [...words, ...interventions] : [...words, ...interventions, flag]
  return events.sort((a, b) => a.seq - b.seq)
}
