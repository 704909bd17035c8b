import { foldFaceWindows, type SessionEvent } from '@bemore/core'
import type { ServerMessage } from '@bemore/protocol'
import { emotionUpdateOf } from './emotion-update.js'

/**
 * What a client has not been told of its session, as the messages it would have been told by. Windows
 * are told as they stand now; a client that saw an earlier state of one has it replaced.
 * @param tail the end of the session's log. @param since the event the client knows of.
 */
export function replayEvents(
  tail: readonly SessionEvent[],
  since: number,
  withWindows: boolean,
): ServerMessage[] {
  const missed = tail.filter((event) => event.seq > since)
  const touched = new Set(
    missed.flatMap((event) => (event.type === 'face.window' ? [event.data.window.index] : [])),
  )
  const lastSeq = tail.at(-1)?.seq ?? since
  const at = missed.at(-1)?.at ?? 0
  const windows = withWindows ? foldFaceWindows(tail).filter(({ index }) => touched.has(index)) : []
  return [
    ...missed.flatMap(changeOf),
    ...windows.map((window): ServerMessage => {
      return { type: 'emotion_update', data: emotionUpdateOf(window, at), seq: lastSeq }
    }),
  ]
}

function changeOf({ type, sessionId, at: timestamp, seq }: SessionEvent): ServerMessage[] {
  switch (type) {
    case 'session.paused':
      return [{ type: 'session_paused', data: { sessionId, status: 'paused', timestamp }, seq }]
    case 'session.resumed':
      return [{ type: 'session_resumed', data: { sessionId, status: 'active', timestamp }, seq }]
    default:
      return []
  }
}
