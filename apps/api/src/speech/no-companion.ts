import type { WordsCompanion } from './words-companion.js'

/** Where there is no language model. */
export const NO_COMPANION: WordsCompanion = {
  refineEmotion: async () => ({ source: 'local', reason: 'off' }),
  transcribe: async () => ({ failure: 'off' }),
}
