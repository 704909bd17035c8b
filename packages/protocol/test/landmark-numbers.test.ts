import fc from 'fast-check'
import t from 'tap'
import { viewOf } from '../src/frame-header.js'
import { endOfNumber, NO_MATCH, readNumber, scanFloat32 } from '../src/number-scanner.js'
import { encode, guarded, holds } from './landmark-messages.js'

/** `}` is the byte the scanner may rely on to follow. */
const inMessage = (text: string): Uint8Array => guarded(encode(`${text}}`))

/** Where `text` begins in a longer message: digits around it, and room to read beyond its end. */
const BEFORE = '"x":0.5'
const amid = (text: string): Uint8Array => guarded(encode(`${BEFORE}${text},"y":0.12345678901234}`))

/** The value read, undefined when `text` as a whole is not read as a number. */
function asFloat32(text: string, bytes = inMessage(text), start = 0): number | undefined {
  const out = new Float32Array(1)
  const end = scanFloat32(bytes, viewOf(bytes), start, out, 0)
  return end === start + text.length ? out[0] : undefined
}

const asFloat32Amid = (text: string): number | undefined =>
  asFloat32(text, amid(text), BEFORE.length)

function asDouble(text: string): number | undefined {
  const bytes = inMessage(text)
  return endOfNumber(bytes, 0) === text.length ? readNumber(bytes, 0, text.length) : undefined
}

function sameAsJsonParse(text: string): void {
  const value = JSON.parse(text) as number
  for (const [name, got, wanted] of [
    ['float32', asFloat32(text), Math.fround(value)],
    ['float32 amid others', asFloat32Amid(text), Math.fround(value)],
    ['double', asDouble(text), value],
  ] as const) {
    if (!Object.is(got, wanted)) throw new Error(`${name} of ${text}: ${got}, not ${wanted}`)
  }
}

const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ min: -1.5, max: 1.5, noNaN: true }),
)

const spelling = fc
  .tuple(double, fc.nat(99), fc.constantFrom('e', 'E'), fc.constantFrom('', '0', '000000000000'))
  .chain(([value, places, mark, zeros]) =>
    fc
      .constantFrom(
        String(value),
        value.toExponential(),
        value.toExponential(places),
        value.toPrecision(places + 1),
        value.toFixed(places),
      )
      .map((text) => {
        const [digits, exponent] = text.split('e') as [string, string | undefined]
        const padded = digits.includes('.') ? digits + zeros : digits
        return exponent === undefined ? padded : `${padded}${mark}${exponent}`
      }),
  )

t.test('a number spelled in any way has the value JSON.parse gives it', async (t) => {
  holds(t, fc.property(spelling, sameAsJsonParse), 10_000)
})

t.test('any digits the grammar allows have the value JSON.parse gives them', async (t) => {
  const grammar = fc.stringMatching(
    /^-?(0|[1-9]\d{0,25})(\.(0{0,30})\d{1,40})?([eE][+-]?\d{1,3})?$/,
  )
  holds(t, fc.property(grammar, sameAsJsonParse), 10_000)
})

t.test('decimals at and beside the midpoint of two floats round alike', async (t) => {
  const midpoint = fc.float({ noNaN: true, min: -1.5, max: 1.5 }).map((value) => {
    const float = new Float32Array([value])
    new Int32Array(float.buffer)[0]! += 1
    return (value + float[0]!) / 2
  })
  const beside = fc
    .tuple(midpoint, fc.constantFrom('', '0', '1', '0000000000000001', '9'), fc.nat(2))
    .map(([exact, tail, cut]) => {
      const digits = exact.toFixed(100).replace(/0+$/, '')
      return (digits.slice(0, digits.length - cut) + tail).replace(/\.$/, '.0')
    })
  holds(t, fc.property(beside, sameAsJsonParse), 10_000)
})

t.test('spellings at the edges of the fast path', async (t) => {
  const spellings = `
    0 -0 -0.0 0e0 -0E-0 1 -9 10 1795425722793 1795425722793.125 0.99999999999999999 0.000000000
    0.0000000000000000000000 1.5e0 1.5E+1 15e-1 0.00000000000000000000001 0.1e22 0.1e23 1e-45 1e-46
    1e39 3.4028236e38 1e400 -1e400 1e-400 123456789012345 1234567890123456 9007199254740993
    179769313486231580793728971405301e276 0.100000000 0.1000000000 0.9999999994
    5.0e-1000000000000000000000 0.0e99999 0.123456789e1 0.12345678901234567e-5
    0.12345678901 0.123456789012 -0.1234567890123 0.1234567890123456 0.12345678901234567890
    0.123456789012345678901 9.999999999999 9.9999999999999999999 -0.000000000000
    -0.00000000000000000000 0.00000000000000000001 0.000000000001 0.123456789012e5
    0.1234567890123456E-5 0.12345678901234567890e1`
  for (const text of spellings.trim().split(/\s+/)) {
    t.doesNotThrow(() => sameAsJsonParse(text), text)
  }
})

t.test('what is not a JSON number is not read as one', async (t) => {
  const others = `
    - +1 .5 -.5 1. 0. 1.e5 1e 1e+ 1E- 01 -01 00 1.2.3 1e5e5 1e5.5 --1 NaN Infinity 0x10 1_000 १`
  for (const text of ['', ' 1', '1 ', ...others.trim().split(/\s+/)]) {
    t.equal(asFloat32(text), undefined, JSON.stringify(text))
    t.equal(asFloat32Amid(text), undefined, JSON.stringify(text))
    t.equal(asDouble(text), undefined, JSON.stringify(text))
  }
  const other = encode('x}')
  t.equal(scanFloat32(other, viewOf(other), 0, new Float32Array(1), 0), NO_MATCH)
})

t.test('a jumble of digits and signs is a number exactly when JSON.parse says so', async (t) => {
  const jumble = fc.string({ unit: fc.constantFrom(...'0123456789..--++eE'), maxLength: 12 })
  const property = fc.property(jumble, (text) => {
    let value: number | undefined
    try {
      value = JSON.parse(text) as number
    } catch {
      value = undefined
    }
    const single = value === undefined ? undefined : Math.fround(value)
    return (
      Object.is(asDouble(text), value) &&
      Object.is(asFloat32(text), single) &&
      Object.is(asFloat32Amid(text), single)
    )
  })
  holds(t, property, 20_000)
})

t.test('any byte at any place of a long fraction ends the number there, or is of it', async (t) => {
  const message = encode('-0.98765432109876543210987}')
  // A dot or an "e" must be followed by its digits; any other byte ends the number.
  const numberAtStart = /^-?(0|[1-9]\d*(?!\d))(\.\d+(?!\d)|(?!\.))([eE][+-]?\d+|(?![eE]))/
  const out = new Float32Array(1)
  const wrong: string[] = []
  for (let at = 0; at < message.length - 1; at++) {
    for (let byte = 0; byte <= 0xff; byte++) {
      const bytes = message.slice()
      bytes[at] = byte
      const number = numberAtStart.exec(String.fromCharCode(...bytes))?.[0]
      const wanted = number === undefined ? NO_MATCH : number.length
      const end = scanFloat32(guarded(bytes), viewOf(bytes), 0, out, 0)
      const good =
        end === wanted && (end === NO_MATCH || Object.is(out[0], Math.fround(Number(number))))
      if (!good) wrong.push(`byte ${byte} at ${at}: ${end}, ${out[0]}`)
    }
  }
  t.same(wrong, [])
})
