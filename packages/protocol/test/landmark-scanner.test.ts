import fc from 'fast-check'
import t from 'tap'
import { createLandmarkFrame } from '../src/landmark-frame.js'
import { decodeLandmarkJson } from '../src/landmark-json.js'
import { scanLandmarkJson } from '../src/landmark-scanner.js'
import {
  capturedBytes,
  capturedMessage,
  decodeByParsing,
  encode,
  firstDifference,
  guarded,
  holds,
  shortMessage,
  shortPoint,
} from './landmark-messages.js'

/** Both ways of reading must agree on the verdict, and on every bit of a good frame. */
function sameAsParsing(bytes: Uint8Array): void {
  const scanned = createLandmarkFrame()
  const parsed = createLandmarkFrame()
  const verdict = decodeLandmarkJson(bytes, scanned)
  const expected = decodeByParsing(bytes, parsed)
  if (verdict !== expected) throw new Error(`${verdict}, by JSON.parse ${expected}`)
  const difference = verdict === 'ok' ? firstDifference(scanned, parsed) : undefined
  if (difference !== undefined) throw new Error(`differs from JSON.parse in ${difference}`)
}

const scan = (bytes: Uint8Array): string => scanLandmarkJson(bytes, createLandmarkFrame())

t.test('the captured frame is read by the scanner, equal to JSON.parse', async (t) => {
  const frame = createLandmarkFrame()
  t.equal(scanLandmarkJson(guarded(capturedBytes), frame), 'ok')
  t.equal(frame.count, 478)
  t.equal(frame.faceInView, true)
  t.equal(frame.clientTimeMs, capturedMessage.timestamp)
  t.same(
    Array.from(frame.points),
    capturedMessage.data.flatMap(({ x, y, z }) => [x, y, z].map(Math.fround)),
  )
  t.doesNotThrow(() => sameAsParsing(capturedBytes))
})

t.test('nothing of an earlier frame shows in a later one', async (t) => {
  const frame = createLandmarkFrame()
  const full = shortMessage(undefined, '"timestamp":1,"aspect":1.5,"seq":7')
  t.equal(scanLandmarkJson(encode(full), frame), 'ok')
  t.match(frame, { aspect: 1.5, seq: 7, clientTimeMs: 1 })
  Object.assign(frame, { mirrored: true, faceInView: false })
  t.equal(scanLandmarkJson(encode(shortMessage()), frame), 'ok')
  t.match(frame, { count: 468, aspect: 0, seq: -1, mirrored: false, faceInView: true })
})

t.test('what lies around a message in its buffer is not read', async (t) => {
  const frame = createLandmarkFrame()
  const expected = createLandmarkFrame()
  decodeByParsing(capturedBytes, expected)
  const larger = new Uint8Array(capturedBytes.length + 64).fill(0x39)
  for (let offset = 1; offset <= 4; offset++) {
    larger.set(capturedBytes, offset)
    const message = larger.subarray(offset, offset + capturedBytes.length)
    t.equal(scanLandmarkJson(message, frame), 'ok')
    t.equal(firstDifference(frame, expected), undefined)
  }
})

const space = fc.constantFrom('', '', ' ', '\n\t', ' \r\n ')
const simple = fc.constantFrom('0', '-1.5e-3', 'true', 'false', 'null', '""', '"a}]\'"', '1e999')
const coordinate = fc
  .double({ min: -10, max: 10, noNaN: true })
  .chain((value) =>
    fc.constantFrom(String(value), value.toExponential(), value.toPrecision(17), value.toFixed(30)),
  )

/** An object spelled freely: any key order, white space anywhere. */
const spelled = (fields: fc.Arbitrary<[string, string][]>): fc.Arbitrary<string> =>
  fc
    .tuple(fields, space, space, space)
    .map(
      ([pairs, a, b, c]) =>
        `{${a}${pairs.map(([key, value]) => `"${key}"${b}:${c}${value}${a}`).join(`,${b}`)}}`,
    )

const shuffled = <T>(items: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(items, { minLength: items.length })

const point = spelled(
  fc.tuple(coordinate, coordinate, coordinate, fc.option(simple)).chain(([x, y, z, visibility]) => {
    const fields: [string, string][] = [
      ['x', x],
      ['y', y],
      ['z', z],
    ]
    return shuffled(visibility === null ? fields : [...fields, ['visibility', visibility]])
  }),
)

const message = fc
  .record({
    points: fc.array(fc.tuple(fc.nat(467), point), { minLength: 1, maxLength: 40 }),
    extra: fc.option(simple),
    aspect: fc.option(fc.constantFrom('1.7777777777777777', '0', '2e-1', '5')),
    seq: fc.option(fc.nat(0xffff_ffff).map(String)),
    around: space,
  })
  .chain(({ points, extra, aspect, seq, around }) => {
    const data = new Array<string>(468).fill(shortPoint)
    for (const [index, text] of points) data[index] = text
    const fields: [string, string][] = [
      ['type', '"landmarks"'],
      ['data', `[${around}${data.join(`${around},`)}${around}]`],
      ['timestamp', '1795425722793'],
    ]
    if (extra !== null) fields.push(['client', extra])
    if (aspect !== null) fields.push(['aspect', aspect])
    if (seq !== null) fields.push(['seq', seq])
    return spelled(shuffled(fields)).map((text) => around + text + around)
  })

t.test('any key order, white space and extra simple keys are read by the scanner', async (t) => {
  holds(
    t,
    fc.property(message, (text) => {
      if (scan(encode(text)) !== 'ok') throw new Error('fell back to JSON.parse')
      sameAsParsing(encode(text))
    }),
    300,
  )
})

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  cut: fc.nat(6),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc
      .constantFrom(
        '',
        '"',
        '\\',
        '\\u0078',
        ',',
        ':',
        '{',
        '}',
        '[',
        ']',
        '[]',
        '{}',
        'null',
        'e5',
        'E',
        '-',
        '+',
        '0',
        '.',
        ' ',
        '\n',
        '\u00a0',
        '\ufeff',
        'é',
        '"x":1,',
        '"type":"ping",',
        '"data":[],',
      )
      .map(encode),
  ),
})

function mutated(
  bytes: Uint8Array,
  { at, cut, insert }: { at: number; cut: number; insert: Uint8Array },
): Uint8Array {
  const start = Math.floor(at * bytes.length)
  return Uint8Array.from([...bytes.subarray(0, start), ...insert, ...bytes.subarray(start + cut)])
}

t.test('a damaged message gets the verdict and values JSON.parse gives it', async (t) => {
  const original = encode(shortMessage(undefined, '"timestamp":1e3,"aspect":1.5,"seq":4'))
  const property = fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (steps) => {
    sameAsParsing(steps.reduce(mutated, original))
  })
  holds(t, property, 2_000)
})

t.test('damage near the ends of a message gets the verdict JSON.parse gives it', async (t) => {
  const original = encode(shortMessage(undefined, '"timestamp":1e3,"aspect":1.5,"seq":4'))
  const near = fc.tuple(mutation, fc.boolean()).map(([step, atStart]) => ({
    ...step,
    at: atStart ? step.at * 0.005 : 1 - (1 - step.at) * 0.008,
  }))
  holds(
    t,
    fc.property(near, (step) => sameAsParsing(mutated(original, step))),
    3_000,
  )
})

t.test('no read is outside the message, however it ends', async (t) => {
  const original = encode(shortMessage(new Array<string>(3).fill(shortPoint)))
  const property = fc.property(
    fc.array(mutation, { maxLength: 3 }),
    fc.nat(200),
    (steps, length) => {
      const damaged = steps.reduce(mutated, original)
      scan(guarded(damaged.subarray(0, length)))
      scan(guarded(Uint8Array.from([...damaged.subarray(0, length), 0x7d, 0x20])))
    },
  )
  holds(t, property, 5_000)
})

t.test('long numbers at the end of a message are read within it, cut off anywhere', async (t) => {
  const last = '{"x":0.5014082789421082,"y":-0.020631961524486542,"z":0.12345678901234567890123}'
  const points = new Array<string>(467).fill(shortPoint)
  const whole = encode(`{"type":"landmarks","timestamp":1,"data":[${[...points, last].join()}]}`)
  t.equal(scan(guarded(whole)), 'ok')
  t.doesNotThrow(() => sameAsParsing(whole))
  for (let length = whole.length - last.length - 2; length < whole.length - 1; length++) {
    const closed = Uint8Array.from([...whole.subarray(0, length), 0x7d])
    t.equal(scan(guarded(closed)), 'unusual')
  }
})

t.test('arbitrary bytes are read without a throw, as JSON.parse reads them', async (t) => {
  holds(t, fc.property(fc.uint8Array({ maxLength: 64 }), sameAsParsing), 5_000)
  holds(
    t,
    fc.property(fc.json(), (text) => sameAsParsing(encode(text))),
    2_000,
  )
})

t.test('a message cut off anywhere is refused', async (t) => {
  const whole = encode(shortMessage())
  const frame = createLandmarkFrame()
  let accepted = 0
  for (let length = 0; length < whole.length; length++) {
    if (decodeLandmarkJson(whole.subarray(0, length), frame) !== 'NOT_JSON') accepted++
  }
  t.equal(accepted, 0)
  t.equal(decodeLandmarkJson(whole, frame), 'ok')
})
