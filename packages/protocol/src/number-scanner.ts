/**
 * JSON numbers straight from UTF-8 bytes, each with exactly the value JSON.parse gives it.
 *
 * How a long decimal is rounded without arbitrary precision: let m be its first digits as an integer
 * and 10^e their scale, so that m·10^e ≤ |value| < (m+1)·10^e. Both bounds come from one operation
 * on exact operands (m < 2^53, |e| ≤ 22: W. D. Clinger, "How to Read Floating Point Numbers
 * Accurately", 1990), hence are correctly rounded; rounding is monotonic; so when both bounds round
 * to one number, the value does too. When they do not, Number() decides.
 *
 * How four digits are read at once: load them as one little-endian 32-bit word, its lowest byte the
 * first digit. A byte is a digit exactly when its high half is 3 and still is after adding 6. A byte
 * below 0xfa carries nothing into the next, so all bytes up to and including the first that is no
 * digit are judged rightly, and those after it do not matter. With only the low halves d0, d1, d2, d3
 * of four digits left, 10·word + (word >> 8) has 10·d0 + d1 in its lowest byte and 10·d2 + d3 in its
 * third, each byte at most 99 and again without carries; a hundred times the one and the other make
 * the value.
 *
 * Nothing here looks for the end of the array byte by byte: the caller guarantees that a byte which
 * cannot belong to a number (in a message, its closing brace) lies at or after the position it hands
 * in. Only words could reach past that byte, so they are read where the array has room for them.
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

/** Twelve digits at once, and eight to step over. */
const ROOM_FOR_WORDS = 20

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9
const isExponentMark = (byte: number): boolean => byte === LOWER_E || byte === UPPER_E

/** Zero when all four bytes are digits; else its lowest bit set is in the first that is not. */
const nonDigits = (word: number): number =>
  ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030)

/**
 * How many digits the word begins with, 0 to 4. Without a branch, for coordinates have 16 to 18
 * places at random and a loop over the last ones would be mispredicted for nearly each.
 */
function leadingDigits(word: number): number {
  const others = nonDigits(word)
  const bitsBelowFirst = 32 - Math.clz32(~others & (others - 1))
  return bitsBelowFirst >> 3
}

/** The value of a word of four digits. */
function fourDigits(word: number): number {
  const low = word & 0x0f0f0f0f
  const pairs = low * 10 + (low >>> 8)
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff)
}

/**
 * Reads the number at `start` as 32-bit float into `out[index]`; `view` is over the same `bytes`.
 * Equal to `out[index] = JSON.parse(text)`, minus zero included.
 *
 * The path written out here is the one of nearly every coordinate: "0.5014082789421082",
 * "-0.020631961524486542". Twelve places decide a float that was printed as a double; the remaining
 * ones only have to be digits. With the digit before them they are 13, well below 2^53.
 *
 * @returns the position after the number, or `NO_MATCH`
 */
export function scanFloat32(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  out: Float32Array,
  index: number,
): number {
  const negative = bytes[start] === MINUS
  const whole = negative ? start + 1 : start
  const ones = bytes[whole]! - ZERO
  let pos = whole + 2
  if (ones >>> 0 > 9 || bytes[whole + 1] !== DOT || pos + ROOM_FOR_WORDS > bytes.length) {
    return scanShortFloat32(bytes, start, out, index)
  }
  const first = view.getInt32(pos, true)
  const second = view.getInt32(pos + 4, true)
  const third = view.getInt32(pos + 8, true)
  if ((nonDigits(first) | nonDigits(second) | nonDigits(third)) !== 0) {
    return scanShortFloat32(bytes, start, out, index)
  }
  const digits =
    (ones * 1e8 + fourDigits(first) * 1e4 + fourDigits(second)) * 1e4 + fourDigits(third)
  pos += 12
  const more = leadingDigits(view.getInt32(pos, true))
  const cut = more > 0
  pos += more
  if (more === 4) {
    const last = leadingDigits(view.getInt32(pos, true))
    pos += last
    if (last === 4) pos = endOfDigits(bytes, pos)
  }
  const low = Math.fround(digits / 1e12)
  const decided = !cut || low === Math.fround((digits + 1) / 1e12)
  if (!decided || isExponentMark(bytes[pos]!)) return scanShortFloat32(bytes, start, out, index)
  out[index] = negative ? -low : low
  return pos
}

/**
 * A fraction of fewer than twelve places, or at the end of a message, or beginning with so many zeros
 * that twelve do not decide it: digit by digit, until there are nine besides those zeros.
 */
function scanShortFloat32(
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
