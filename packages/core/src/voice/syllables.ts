/**
 * Syllables of an utterance. Korean writes them: one block, one syllable. English does not, and gets
 * an estimate: a syllable for every group of vowels, but none for a silent e.
 */

const HANGUL_SYLLABLE = /[\uac00-\ud7a3]/g
const LATIN_WORD = /[a-z]+(?:'[a-z]+)?/g
const VOWEL_GROUP = /[aeiouy]+/g
/** "time", "named", "hopes", but not "little" or "wanted". */
const SILENT_ENDING = /(?<![aeiouyl])e$|(?<=[aeiouy][^aeiouytd])ed$|(?<=[aeiouy][^aeiouyscxz])es$/

export interface SyllableCount {
  readonly count: number
  /** Some of it was estimated, and not counted. */
  readonly estimated: boolean
}

export function countSyllables(text: string): SyllableCount {
  const hangul = text.match(HANGUL_SYLLABLE)?.length ?? 0
  const words = text.toLowerCase().match(LATIN_WORD) ?? []
  const latin = words.reduce((sum, word) => sum + estimateSyllables(word), 0)
  return { count: hangul + latin, estimated: latin > 0 }
}

function estimateSyllables(word: string): number {
  const groups = word.match(VOWEL_GROUP)?.length ?? 0
  const silent = groups > 1 && SILENT_ENDING.test(word) ? 1 : 0
  return Math.max(groups - silent, 1)
}
