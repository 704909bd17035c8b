// The words half of the stream. An utterance has an id, and counts once however often it is sent: so
// it is sent until the server says it took it, and again after a connection was lost, because what a
// killed process had taken may not have reached the log.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, Language } from '@bemore/protocol'
import type { DialoguePlan, PlannedLine } from './dialogue-plan.js'
import type { SessionSockets } from './session-sockets.js'
import type { SpokenRecorder } from './spoken-tally.js'
import type { Stopwatch } from './stopwatch.js'

export interface Talk {
  /** Says every line when it is due, and the chat message; resolves when all were answered or given up. */
  run(options: TalkOptions): Promise<void>
  /** A lost connection is there again. */
  reopened(channel: Channel): void
}

export interface TalkOptions {
  readonly totalMs: number
  readonly sockets: SessionSockets
  /** Running since the stream began. */
  readonly clock: Stopwatch
  readonly stop: AbortSignal
}

interface Attempt {
  left: number
  lastMs: number
}

const TICK_MS = 50
const RETRY_MS = 2_000
/** A line nobody answers: more than a restart of both processes takes. */
const TRIES = 20
/** A line that was taken, and whose process died: nothing says that it was taken before. */
const TRIES_AGAIN = 3
/** After the last frame, for what is unanswered: a companion may take its time. */
const GRACE_MS = 12_000

export function createTalk(
  { lines, chat }: DialoguePlan,
  language: Language,
  spoken: SpokenRecorder,
): Talk {
  const attempts = new Map<string, Attempt>(
    [...lines.map(({ id }) => id), CHAT].map((id) => [
      id,
      { left: TRIES, lastMs: Number.NEGATIVE_INFINITY },
    ]),
  )
  const replied = () =>
    spoken.isChatSent &&
    (spoken.card !== null
      ? spoken.cardsSinceChat > 0
      : [...spoken.replies.values()].some(({ source }) => source !== null))

  const tryNow = (id: string, atMs: number, send: () => boolean): boolean => {
    const attempt = attempts.get(id)
    if (attempt === undefined || attempt.left === 0 || atMs - attempt.lastMs < RETRY_MS)
      return false
    if (!send()) return false
    attempt.left -= 1
    attempt.lastMs = atMs
    return true
  }
  const settle = (id: string) => {
    const attempt = attempts.get(id)
    // What was taken and is sent again keeps the few tries it has.
    if (attempt !== undefined && attempt.left > TRIES_AGAIN) attempt.left = 0
  }
  const sayDue = (atMs: number, sockets: SessionSockets) => {
    for (const line of lines) {
      if (line.toMs > atMs) continue
      if (spoken.taken.has(line.id)) settle(line.id)
      const message = () => sockets.send('voice', messageOf(line, language, atMs))
      if (tryNow(line.id, atMs, message)) spoken.say(line.id)
    }
    if (chat.atMs > atMs) return
    if (replied()) settle(CHAT)
    // One at a time: a companion that writes is let write.
    if (spoken.isReplying) return
    const request = JSON.stringify({
      type: 'request_ai_response',
      data: { message: chat.text, emotion: null, timestamp: Date.now() },
    })
    if (tryNow(CHAT, atMs, () => sockets.send('session', request))) spoken.askChat()
  }
  const isDone = () => [...attempts.values()].every(({ left }) => left === 0)

  return {
    async run({ totalMs, sockets, clock, stop }) {
      for (;;) {
        const atMs = clock.elapsedMs()
        if (stop.aborted || atMs > totalMs + GRACE_MS) return
        sayDue(Math.min(atMs, totalMs + GRACE_MS), sockets)
        if (atMs >= totalMs && isDone()) return
        await sleep(TICK_MS, undefined, { signal: stop }).catch(() => {})
      }
    },
    reopened(channel) {
      if (channel === 'session') spoken.loseReplies()
      if (channel !== 'voice') return
      for (const id of spoken.said) {
        const attempt = attempts.get(id) as Attempt
        attempt.left = spoken.taken.has(id) ? TRIES_AGAIN : TRIES
        attempt.lastMs = Number.NEGATIVE_INFINITY
      }
    },
  }
}

const CHAT = 'chat'

function messageOf(line: PlannedLine, lang: Language, atMs: number): string {
  const { id, text, fromMs, toMs } = line
  const began = Date.now() - atMs
  const times = { startedAt: began + fromMs, endedAt: began + toMs }
  return JSON.stringify({ type: 'stt_text', data: { id, text, final: true, lang, ...times } })
}
