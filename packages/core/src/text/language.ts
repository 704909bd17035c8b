/** What a text is written in, as far as the engine has models for it. */
export type TextLanguage = 'ko' | 'en' | 'unknown'

const HANGUL = /[\uac00-\ud7a3\u3131-\u318e]/gu
const LATIN = /[a-z]/giu
const OTHER_LETTERS = /[\p{L}]/gu
/** Korean mixes in Latin words; a little Hangul makes a text Korean. */
const KOREAN_SHARE = 0.3
/** What is left of English has next to no other letters. */
const ENGLISH_SHARE = 0.85
const LEAST_LATIN = 2

/** Korean or English by its letters; `unknown` for anything else, and for a text without letters. */
export function detectLanguage(text: string): TextLanguage {
  const letters = count(text, OTHER_LETTERS)
  if (letters === 0) return 'unknown'
  if (count(text, HANGUL) >= letters * KOREAN_SHARE) return 'ko'
  const latin = count(text, LATIN)
  return latin >= LEAST_LATIN && latin >= letters * ENGLISH_SHARE ? 'en' : 'unknown'
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
