/**
 * Text that PostgreSQL and JSON can hold: half of a surrogate pair (an emoji cut in two) becomes U+FFFD,
 * and U+0000 goes.
 */
const UNPAIRED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that cannot be stored
const NUL = /\u0000/g

export function cleanText(text: string): string {
  return text.replace(UNPAIRED, '\ufffd').replace(NUL, '')
}

/** The same for every text in a JSON value, which is not changed. */
export function cleanTexts(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanTexts)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanTexts(each)]))
}
