/**
 * Reads `{"type":"landmarks","data":[{"x":…,"y":…,"z":…},…],"timestamp":…}` from its bytes, about
 * four times faster than JSON.parse and without garbage: JSON is what the existing web client sends,
 * and parsing it is most of what a frame costs the server.
 *
 * It answers `ok` only when JSON.parse and `readLandmarkMessage` would, and then with the same
 * values; anything else at all, valid or not, is `unusual` and goes that way. Of a repeated key the
 * last value counts, as with JSON.parse.
 *
 * No read is past the end although the loops do not test for it: the last byte that is not white
 * space is `}`, which ends every token, so only a step over a `}` or a word of four bytes can leave
 * the message, and those are tested.
 */
import { isClientTime, isSeq, viewOf } from './frame-header.js'
import {
  endOfPlainString,
  endOfSimpleValue,
  skipSpace,
  skipText,
  trimmedLength,
} from './json-tokens.js'
import {
  checkCoordinates,
  isAspect,
  isFaceCount,
  LANDMARK_COUNT,
  type LandmarkFrame,
  NO_SEQ,
} from './landmark-frame.js'
import { endOfNumber, NO_MATCH, readNumber, scanFloat32 } from './number-scanner.js'

const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const X = 0x78
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const FIELDS = ['type', 'data', 'timestamp', 'aspect', 'seq'] as const
type Field = (typeof FIELDS)[number]
/** One bit a field, in the order above. */
const REQUIRED_FIELDS = 0b00111
const ALL_AXES = 0b111

/** How an axis begins as JSON.stringify writes it, as little-endian words; a colon follows. */
const X_KEY = asWord('{"x"')
const Y_KEY = asWord(',"y"')
const Z_KEY = asWord(',"z"')

function asWord(text: string): number {
  let word = 0
  for (let i = 0; i < 4; i++) word |= text.charCodeAt(i) << (8 * i)
  return word
}

/** `unusual`: hand the same bytes to JSON.parse; `frame` is half written then. */
export function scanLandmarkJson(message: Uint8Array, frame: LandmarkFrame): 'ok' | 'unusual' {
  const length = trimmedLength(message)
  if (length === 0 || message[length - 1] !== CLOSE_BRACE) return 'unusual'
  const bytes = length === message.length ? message : message.subarray(0, length)
  let pos = skipSpace(bytes, 0)
  if (bytes[pos] !== OPEN_BRACE) return 'unusual'

  frame.aspect = 0
  frame.seq = NO_SEQ
  frame.mirrored = false
  frame.faceInView = true
  let seen = 0
  do {
    const key = skipSpace(bytes, pos + 1)
    const keyEnd = endOfPlainString(bytes, key)
    if (keyEnd === NO_MATCH) return 'unusual'
    pos = skipSpace(bytes, keyEnd)
    if (bytes[pos] !== COLON) return 'unusual'
    pos = skipSpace(bytes, pos + 1)

    const field = fieldNamed(bytes, key + 1, keyEnd - 1)
    if (field < 0) pos = endOfSimpleValue(bytes, pos)
    else {
      seen |= 1 << field
      pos = scanField(bytes, pos, FIELDS[field]!, frame)
    }
    if (pos === NO_MATCH) return 'unusual'
    pos = skipSpace(bytes, pos)
  } while (bytes[pos] === COMMA)

  const whole = bytes[pos] === CLOSE_BRACE && pos + 1 === length
  if (!whole || (seen & REQUIRED_FIELDS) !== REQUIRED_FIELDS) return 'unusual'
  return checkCoordinates(frame.points, frame.count) === 'ok' ? 'ok' : 'unusual'
}

function fieldNamed(bytes: Uint8Array, start: number, end: number): number {
  for (let field = 0; field < FIELDS.length; field++) {
    if (skipText(bytes, start, FIELDS[field]!) === end) return field
  }
  return -1
}

function scanField(bytes: Uint8Array, pos: number, field: Field, frame: LandmarkFrame): number {
  if (field === 'type') return skipText(bytes, pos, '"landmarks"')
  if (field === 'data') return scanPoints(bytes, pos, frame)
  const end = endOfNumber(bytes, pos)
  if (end === NO_MATCH) return NO_MATCH
  const value = readNumber(bytes, pos, end)
  switch (field) {
    case 'timestamp':
      frame.clientTimeMs = value
      return isClientTime(value) ? end : NO_MATCH
    case 'aspect':
      frame.aspect = value
      return isAspect(value) ? end : NO_MATCH
    case 'seq':
      frame.seq = value
      return isSeq(value) ? end : NO_MATCH
  }
}

/** From the `[` of `data` to after its `]`; leaves the number of points in `frame.count`. */
function scanPoints(bytes: Uint8Array, start: number, frame: LandmarkFrame): number {
  if (bytes[start] !== OPEN_BRACKET) return NO_MATCH
  const { points } = frame
  const view = viewOf(bytes)
  let count = 0
  let pos = start
  do {
    if (count === LANDMARK_COUNT) return NO_MATCH
    const point = skipSpace(bytes, pos + 1)
    const base = count * 3
    pos = scanAxis(bytes, view, point, X_KEY, points, base)
    if (pos !== NO_MATCH) pos = scanAxis(bytes, view, pos, Y_KEY, points, base + 1)
    if (pos !== NO_MATCH) pos = scanAxis(bytes, view, pos, Z_KEY, points, base + 2)
    if (pos !== NO_MATCH && bytes[pos] === CLOSE_BRACE) pos++
    else pos = scanAnyPoint(bytes, view, point, points, base)
    if (pos === NO_MATCH || pos === bytes.length) return NO_MATCH
    count++
    pos = skipSpace(bytes, pos)
  } while (bytes[pos] === COMMA)
  frame.count = count
  return bytes[pos] === CLOSE_BRACKET && isFaceCount(count) ? pos + 1 : NO_MATCH
}

/** One axis of a point, its key being the word `key` and a colon. */
function scanAxis(
  bytes: Uint8Array,
  view: DataView,
  pos: number,
  key: number,
  points: Float32Array,
  index: number,
): number {
  const expected =
    pos + 4 <= bytes.length && view.getInt32(pos, true) === key && bytes[pos + 4] === COLON
  return expected ? scanFloat32(bytes, view, pos + 5, points, index) : NO_MATCH
}

/** A point with white space, its keys in any order, or more keys (`visibility`). */
function scanAnyPoint(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  points: Float32Array,
  base: number,
): number {
  if (bytes[start] !== OPEN_BRACE) return NO_MATCH
  let pos = start
  let seen = 0
  do {
    const key = skipSpace(bytes, pos + 1)
    const keyEnd = endOfPlainString(bytes, key)
    if (keyEnd === NO_MATCH) return NO_MATCH
    pos = skipSpace(bytes, keyEnd)
    if (bytes[pos] !== COLON) return NO_MATCH
    pos = skipSpace(bytes, pos + 1)

    const axis = keyEnd === key + 3 ? bytes[key + 1]! - X : -1
    if (axis < 0 || axis > 2) pos = endOfSimpleValue(bytes, pos)
    else {
      seen |= 1 << axis
      pos = scanFloat32(bytes, view, pos, points, base + axis)
    }
    if (pos === NO_MATCH) return NO_MATCH
    pos = skipSpace(bytes, pos)
  } while (bytes[pos] === COMMA)
  return bytes[pos] === CLOSE_BRACE && seen === ALL_AXES ? pos + 1 : NO_MATCH
}
