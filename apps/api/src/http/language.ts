import type { Language } from '@bemore/protocol'

/** More wishes than this are not read: the header is the caller's, the work is ours. */
const MAX_RANGES = 20

/**
 * The language an `Accept-Language` header asks for, among the two there are (RFC 9110 §12.5.4).
 * @returns null where it asks for neither.
 */
export function negotiateLanguage(header: string | undefined): Language | null {
  if (header === undefined) return null
  let best: Language | null = null
  let bestWeight = 0
  for (const range of header.split(',', MAX_RANGES)) {
    const [tag = '', ...parameters] = range.split(';')
    const language = languageOf(tag.trim().toLowerCase())
    const weight = weightOf(parameters)
    if (language !== null && weight > bestWeight) {
      best = language
      bestWeight = weight
    }
  }
  return best
}

function languageOf(tag: string): Language | null {
  if (tag === 'ko' || tag.startsWith('ko-')) return 'ko'
  if (tag === 'en' || tag.startsWith('en-')) return 'en'
  return null
}

function weightOf(parameters: readonly string[]): number {
  const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='))
  if (quality === undefined) return 1
  const weight = Number(quality.slice(2))
  return weight >= 0 && weight <= 1 ? weight : 0
}
