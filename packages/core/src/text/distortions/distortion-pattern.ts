import type { DistortionType } from '../../session/text-events.js'

/**
 * One way in which a distortion shows in words. `weight` is how much it tells by itself: 1 is enough
 * to show it, less needs company. Every quantifier is bounded.
 */
export interface DistortionPattern {
  readonly type: DistortionType
  readonly weight: number
  readonly says: RegExp
}

/** What makes a sentence not the speaker's own judgement. */
export interface DistortionGrammar {
  /** Ends a sentence; findings do not reach over it. */
  readonly sentence: RegExp
  /** Something said by somebody. */
  readonly quotation: RegExp
  /** In the sentence: the speaker takes distance (not always, I know that is not so). */
  readonly distance: RegExp
  /** In the sentence: it is about somebody else, and the speaker is not in it. */
  readonly aboutOthers: RegExp
  readonly aboutSelf: RegExp
  /** In the sentence: a plain question, or a thing imagined. */
  readonly hypothetical: RegExp
  /** In the sentence: something bad. A sweeping word about something good is no distortion. */
  readonly negative: RegExp
}
