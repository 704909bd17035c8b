import type { RiskSubject, RiskTier } from '../../session/text-events.js'

/** One way in which people speak of it. Every quantifier is bounded: the time a text takes is, too. */
export interface RiskPattern {
  readonly tier: RiskTier
  /** Global, so that every place is looked at. */
  readonly says: RegExp
  /** Of whom it speaks where nothing else tells; `self` unless told. */
  readonly subject?: RiskSubject
  /** What comes right before, or right after, that makes it mean something else. */
  readonly unlessAfter?: RegExp
  readonly unlessBefore?: RegExp
}

/** Denials do not always deny: these come right after a denial and turn it round. */
export interface RiskGrammar {
  /** Ends right where a finding starts: it is denied. */
  readonly deniedBefore: RegExp | null
  /** Inside a finding: it is denied. */
  readonly deniedWithin: RegExp | null
  /** Begins right where a finding ends: it is denied. */
  readonly deniedAfter: RegExp | null
  /** Begins right where a finding ends: the denial is denied. */
  readonly affirmedAfter: RegExp | null
  /** Near before a finding: it is somebody else of whom it speaks. */
  readonly speaksOfOther: RegExp
  /** Near before a finding: it is the speaker. */
  readonly speaksOfSelf: RegExp
}
