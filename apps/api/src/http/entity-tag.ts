/**
 * Whether an `If-None-Match` header names this entity tag, or `*` (RFC 9110 §13.1.2: the comparison
 * is weak, so a proxy's `W/` before our strong tag still matches).
 */
export function matchesEntityTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header === tag || header === '*') return true
  return header.split(',').some((item) => item.trim().replace(/^W\//, '') === tag)
}
