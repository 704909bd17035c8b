import type { ShownEmotion } from './emotion-update.js'
import type { ShownVoice } from './voice-analysis.js'

export interface Channel {
  readonly counts: {
    readonly opened: number
    readonly closed: number
    readonly received: number
    readonly pings: number
  }
  isOpen(): boolean
  send(message: unknown): void
  forgo(): void
  close(): void
}

export interface ReceivedMessage {
  readonly channel: 'landmarks' | 'voice' | 'session'
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface SessionSockets {
  readonly channels: Readonly<Record<'landmarks' | 'voice' | 'session', Channel>>
  /** Everything that came, in the order in which it came. */
  readonly received: readonly ReceivedMessage[]
  areOpen(): boolean
  /** @throws Error when one of the three is not open within 5 s */
  whenOpen(): Promise<void>
  forgo(): void
  close(): void
}

export function openSessionSockets(options: {
  readonly wsUrl: string
  readonly sessionId: string
  readonly on: {
    change(): void
    emotion(update: ShownEmotion): void
    voice(analysis: ShownVoice | null): void
    subtitle(text: string): void
    chunk?(text: string): void
    chatError?(text: string): void
  }
  /** A class with the browser's interface; in Node 20 there is none of its own. */
  readonly WebSocket?: unknown
  readonly pingMs?: number
}): SessionSockets
