/**
 * What a page and a PDF hold at most; a session of six hours has 2,160 windows and may have thousands of
 * utterances. What is left out is counted, and the reader told where it is.
 */
export const LIMITS = {
  windowRows: 120,
  utterances: 200,
  /** Characters of one utterance or piece of evidence. */
  quoteCharacters: 1_000,
  patterns: 10,
  interventions: 12,
  moments: 40,
  /** Sentences of a list, pauses, notes. */
  lines: 40,
} as const
