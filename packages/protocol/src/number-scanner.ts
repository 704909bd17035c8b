/**
 * JSON numbers straight from UTF-8 bytes, each with exactly the value JSON.parse gives it.
 *
 * How a long decimal is rounded without arbitrary precision: let m be its first digits as an integer
 * and 10^e their scale, so that m·10^e ≤ |value| < (m+1)·10^e. Both bounds come from one operation
 * on exact operands (m < 2^53, |e| ≤ 22: W. D. Clinger, "How to Read Floating Point Numbers
 * Accurately", 1990), hence are correctly rounded; rounding is monotonic; so when both bounds round
 * to one number, the value does too. When they do not, Number() decides.
 *
 * Nothing here looks at the length of the array: the caller guarantees that a byte which cannot
 * belong to a number (in a message, its closing brace) lies at or after the position it hands in.
 */

/** Returned in place of a position when the bytes there are not what was looked for. */
export const NO_MATCH = -1

const PLUS = 0x2b
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const UPPER_E = 0x45
const LOWER_E = 0x65

/** Powers of ten that a double holds exactly: 10^0 to 10^22. */
const POWER_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const MAX_EXACT_POWER = 22

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9
const isExponentMark = (byte: number): boolean => byte === LOWER_E || byte === UPPER_E

/**
 * Reads the number at `pos` as 32-bit float into `out[index]`.
 * Equal to `out[index] = JSON.parse(text)`, minus zero included.
 *
 * The path written out here is the one of nearly every coordinate: "0.5014082789421082",
 * "-0.020631961524486542". Nine digits decide a float that was printed as a double; the remaining
 * ones only have to be digits.
 *
 * @returns the position after the number, or `NO_MATCH`
 */
export function scanFloat32(
  bytes: Uint8Array,
  start: number,
  out: Float32Array,
  index: number,
): number {
  let pos = start
  const negative = bytes[pos] === MINUS
  if (negative) pos++
  let digits = bytes[pos]! - ZERO
  if (digits >>> 0 > 9 || bytes[pos + 1] !== DOT) return scanAnyFloat32(bytes, start, out, index)
  const fraction = pos + 2
  pos = fraction
  let digit = bytes[pos]! - ZERO
  while (digit >>> 0 <= 9 && digits < 100_000_000) {
    digits = (digits * 10 + digit) | 0
    digit = bytes[++pos]! - ZERO
  }
  const places = pos - fraction
  const cut = digit >>> 0 <= 9
  while (digit >>> 0 <= 9) digit = bytes[++pos]! - ZERO
  if (places === 0 || places > MAX_EXACT_POWER || isExponentMark(bytes[pos]!)) {
    return scanAnyFloat32(bytes, start, out, index)
  }
  const scale = POWER_OF_TEN[places]!
  const low = Math.fround(digits / scale)
  if (cut && low !== Math.fround((digits + 1) / scale)) {
    return scanAnyFloat32(bytes, start, out, index)
  }
  out[index] = negative ? -low : low
  return pos
}

function scanAnyFloat32(bytes: Uint8Array, pos: number, out: Float32Array, index: number): number {
  const end = endOfNumber(bytes, pos)
  if (end !== NO_MATCH) out[index] = readNumber(bytes, pos, end, Math.fround)
  return end
}

/**
 * Where the JSON number that begins at `pos` ends, by the grammar of RFC 8259 §6.
 * What follows it (as the second digit of "01") is for the caller to judge.
 */
export function endOfNumber(bytes: Uint8Array, start: number): number {
  let pos = bytes[start] === MINUS ? start + 1 : start
  const integerEnd = bytes[pos] === ZERO ? pos + 1 : endOfDigits(bytes, pos)
  if (integerEnd === pos) return NO_MATCH
  pos = integerEnd
  if (bytes[pos] === DOT) {
    const fractionEnd = endOfDigits(bytes, pos + 1)
    if (fractionEnd === pos + 1) return NO_MATCH
    pos = fractionEnd
  }
  if (isExponentMark(bytes[pos]!)) {
    const signed = bytes[pos + 1] === PLUS || bytes[pos + 1] === MINUS
    const exponent = pos + (signed ? 2 : 1)
    pos = endOfDigits(bytes, exponent)
    if (pos === exponent) return NO_MATCH
  }
  return pos
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let pos = start
  while (isDigit(bytes[pos]!)) pos++
  return pos
}

const asDouble = (value: number): number => value

/**
 * The value of the JSON number in `start..end`, as found by `endOfNumber`, under `rounded`: the
 * identity for a double, or Math.fround, which needs fewer of the digits.
 */
export function readNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  rounded: (value: number) => number = asDouble,
): number {
  let digits = 0
  let exponent = 0
  let afterDot = false
  let cut = false
  let pos = start
  for (; pos < end && !isExponentMark(bytes[pos]!); pos++) {
    const byte = bytes[pos]!
    if (byte === DOT) afterDot = true
    else if (byte !== MINUS) {
      // Fifteen digits and their successor are below 2^53.
      if (digits < 1e14) {
        digits = digits * 10 + byte - ZERO
        if (afterDot) exponent--
      } else {
        cut = true
        if (!afterDot) exponent++
      }
    }
  }
  if (pos < end) exponent += Number(textOf(bytes, pos + 1, end))
  if (Math.abs(exponent) > MAX_EXACT_POWER) return Number(textOf(bytes, start, end))
  const low = rounded(scaled(digits, exponent))
  const high = cut ? rounded(scaled(digits + 1, exponent)) : low
  if (low !== high) return Number(textOf(bytes, start, end))
  return bytes[start] === MINUS ? -low : low
}

const scaled = (digits: number, exponent: number): number =>
  exponent < 0 ? digits / POWER_OF_TEN[-exponent]! : digits * POWER_OF_TEN[exponent]!

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let pos = start; pos < end; pos++) text += String.fromCharCode(bytes[pos]!)
  return text
}
