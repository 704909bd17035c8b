/**
 * A text as the emotion model reads it: counts of hashed n-grams, characters 1 to 3 for Korean (whose
 * words change at their ends), words 1 and 2 for English. Hashes stand for the n-grams in the model
 * file as well, so that it holds no words of the people it was trained on.
 */
import type { TextLanguage } from './language.js'

/** What is behind this many characters adds nothing to an estimate. */
const MOST_CHARS = 1_000
const CHAR_GRAMS = 3

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** One form for what is written in many: case, repeated letters, links, numbers, spaces. */
export function normaliseText(text: string): string {
  return text
    .slice(0, MOST_CHARS)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+|www\.\S+/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\d+/g, '0')
    .replace(/(.)\1{2,}/gu, '$1$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** How often each n-gram occurs, by its hash. */
export function countFeatures(
  text: string,
  language: Exclude<TextLanguage, 'unknown'>,
): Map<number, number> {
  const counts = new Map<number, number>()
  const add = (hash: number) => counts.set(hash, (counts.get(hash) ?? 0) + 1)
  const plain = normaliseText(text)
  if (language === 'ko') addCharGrams(` ${plain} `, add)
  else addWordGrams(plain, add)
  return counts
}

function addCharGrams(text: string, add: (hash: number) => void): void {
  for (let start = 0; start < text.length; start++) {
    let hash = FNV_OFFSET
    const end = Math.min(text.length, start + CHAR_GRAMS)
    for (let i = start; i < end; i++) {
      hash = step(hash, text.charCodeAt(i))
      if (!(i === start && text[i] === ' ')) add(hash >>> 0)
    }
  }
}

function addWordGrams(text: string, add: (hash: number) => void): void {
  const words = text.match(/[\p{L}']+|[\p{So}\p{Emoji_Presentation}]|[!?]+/gu) ?? []
  let before: string | null = null
  for (const word of words) {
    add(hashOf(word))
    if (before !== null) add(hashOf(`${before} ${word}`))
    before = word
  }
}

function hashOf(text: string): number {
  let hash = FNV_OFFSET
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i))
  return hash >>> 0
}

function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, FNV_PRIME)
}
