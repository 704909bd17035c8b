import type { CbtFinding, HotlineCardView, ServerMessageData } from '@bemore/protocol'

export type VoiceAnalysis = ServerMessageData<'vad_analysis'>

export interface ChatReply {
  readonly text: string
  /** Null while it is being written. */
  readonly source: string | null
  readonly reason: string | null
}

/** What the demo has said, and what was answered. */
export interface SpokenTally {
  readonly voiceFramesSent: number
  readonly voiceFramesUnsent: number
  /** The last one. */
  readonly analysis: VoiceAnalysis | null
  /** Utterances sent at least once, and those the server said it took, by id. */
  readonly said: ReadonlySet<string>
  readonly taken: ReadonlySet<string>
  readonly interventions: readonly CbtFinding[]
  readonly isChatSent: boolean
  /** A reply is being written. */
  readonly isReplying: boolean
  /** By reply id, in order. */
  readonly replies: ReadonlyMap<string, ChatReply>
  /** Who can be called, the last time that was said. */
  readonly card: HotlineCardView | null
  readonly cardsSinceChat: number
  /** Questions and replies that came behind the card, which none may. */
  readonly offeredBehindCard: number
}

export interface SpokenRecorder extends SpokenTally {
  voiceFrame(sent: boolean): void
  analysed(analysis: VoiceAnalysis): void
  say(id: string): void
  take(id: string): void
  intervene(finding: CbtFinding): void
  askChat(): void
  beginReply(id: string): void
  addToReply(id: string, text: string): void
  /** @returns the whole reply */
  endReply(id: string, source: string, reason: string | null): ChatReply
  /** The connection they came over is gone, and what was not complete with it. */
  loseReplies(): void
  /** @returns false: this one was shown by another socket */
  showCard(card: HotlineCardView, timestamp: number): boolean
}

export function createSpokenTally(): SpokenRecorder {
  const said = new Set<string>()
  const taken = new Set<string>()
  const interventions: CbtFinding[] = []
  const replies = new Map<string, ChatReply>()
  const cards = new Set<number>()

  const tally: { -readonly [Key in keyof SpokenRecorder]: SpokenRecorder[Key] } = {
    ...{ voiceFramesSent: 0, voiceFramesUnsent: 0, analysis: null },
    ...{ said, taken, interventions, replies },
    ...{ isChatSent: false, card: null, cardsSinceChat: 0, offeredBehindCard: 0 },
    voiceFrame(sent) {
      if (sent) tally.voiceFramesSent += 1
      else tally.voiceFramesUnsent += 1
    },
    analysed(analysis) {
      tally.analysis = analysis
    },
    get isReplying() {
      return [...replies.values()].some(({ source }) => source === null)
    },
    say: (id) => said.add(id),
    take: (id) => taken.add(id),
    intervene(finding) {
      interventions.push(finding)
      if (tally.card !== null) tally.offeredBehindCard += 1
    },
    askChat() {
      tally.isChatSent = true
    },
    beginReply(id) {
      replies.set(id, { text: '', source: null, reason: null })
    },
    addToReply(id, text) {
      const reply = replies.get(id)
      replies.set(id, { source: null, reason: null, text: (reply?.text ?? '') + text })
    },
    endReply(id, source, reason) {
      const reply = { text: replies.get(id)?.text ?? '', source, reason }
      replies.set(id, reply)
      if (tally.card !== null && reason !== 'risk') tally.offeredBehindCard += 1
      return reply
    },
    loseReplies() {
      for (const [id, { source }] of replies) if (source === null) replies.delete(id)
    },
    showCard(card, timestamp) {
      if (cards.has(timestamp)) return false
      cards.add(timestamp)
      tally.card = card
      if (tally.isChatSent) tally.cardsSinceChat += 1
      return true
    },
  }
  return tally
}
