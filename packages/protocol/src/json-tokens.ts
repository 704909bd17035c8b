/**
 * The few pieces of JSON's grammar a landmark message is made of, as positions in its bytes.
 * `NO_MATCH` says "not this, or not plainly this": an escape, a byte beyond ASCII, a nested value,
 * an error. What it means is left to JSON.parse, so these may refuse anything but must not accept
 * what JSON.parse would refuse.
 *
 * As in number-scanner.ts, the caller guarantees a closing brace at or after each position, which
 * stops every loop but the one inside a string.
 */
import { endOfNumber, NO_MATCH } from './number-scanner.js'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const DELETE = 0x7f
const LITERALS = ['true', 'false', 'null'] as const

const isSpace = (byte: number | undefined): boolean =>
  byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB

export function skipSpace(bytes: Uint8Array, start: number): number {
  let pos = start
  while (isSpace(bytes[pos])) pos++
  return pos
}

/** The position after the last byte that is not white space. */
export function trimmedLength(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && isSpace(bytes[end - 1])) end--
  return end
}

/** The position after `text`, which must be ASCII and must not hold a closing brace. */
export function skipText(bytes: Uint8Array, start: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (bytes[start + i] !== text.charCodeAt(i)) return NO_MATCH
  }
  return start + text.length
}

/** The position after a string of printable ASCII without escapes, both quotes included. */
export function endOfPlainString(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== QUOTE) return NO_MATCH
  for (let pos = start + 1; pos < bytes.length; pos++) {
    const byte = bytes[pos]!
    if (byte === QUOTE) return pos + 1
    if (byte < SPACE || byte >= DELETE || byte === BACKSLASH) return NO_MATCH
  }
  return NO_MATCH
}

/** The position after a number, plain string, true, false or null. */
export function endOfSimpleValue(bytes: Uint8Array, start: number): number {
  if (bytes[start] === QUOTE) return endOfPlainString(bytes, start)
  const numberEnd = endOfNumber(bytes, start)
  if (numberEnd !== NO_MATCH) return numberEnd
  for (const literal of LITERALS) {
    const end = skipText(bytes, start, literal)
    if (end !== NO_MATCH) return end
  }
  return NO_MATCH
}
