import fc from 'fast-check'
import t from 'tap'
import {
  createVoiceFrame,
  decodeVoiceFrame,
  encodeVoiceFrame,
  type VoiceFrame,
} from '../src/voice-frame.js'
import { holds } from './landmark-messages.js'

function voice(changes: Partial<VoiceFrame> = {}): VoiceFrame {
  const frame = Object.assign(createVoiceFrame(), { sampleCount: 320, seq: 9, clientTimeMs: 1.5 })
  for (let i = 0; i < frame.samples.length; i++) frame.samples[i] = ((i * 7919) % 65536) - 32768
  return Object.assign(frame, changes)
}

const decode = (bytes: Uint8Array): string => decodeVoiceFrame(bytes, createVoiceFrame())

function broken(write: (view: DataView) => void, frame = voice()): string {
  const bytes = encodeVoiceFrame(frame)
  write(new DataView(bytes.buffer))
  return decode(bytes)
}

t.test('a voice frame comes back to the sample, at any byte offset', async (t) => {
  const frames = fc
    .record({
      sampleRate: fc.integer({ min: 8_000, max: 48_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      seq: fc.nat(0xffff_ffff),
      muted: fc.boolean(),
      clientTimeMs: fc.double({ min: 0, max: 8.64e15, noNaN: true }),
    })
    .map(({ share, ...rest }) =>
      voice({ ...rest, sampleCount: Math.max(1, Math.floor((rest.sampleRate / 10) * share)) }),
    )
  const property = fc.property(frames, fc.nat(3), (frame, offset) => {
    const encoded = encodeVoiceFrame(frame)
    const bytes = new Uint8Array(encoded.length + offset + 2)
    bytes.set(encoded, offset)
    const decoded = createVoiceFrame()
    const verdict = decodeVoiceFrame(bytes.subarray(offset, offset + encoded.length), decoded)
    const { samples, ...fields } = decoded
    const { samples: original, ...expected } = frame
    return (
      verdict === 'ok' &&
      JSON.stringify(fields) === JSON.stringify({ ...expected }) &&
      samples.subarray(0, frame.sampleCount).every((sample, i) => sample === original[i])
    )
  })
  holds(t, property, 300)
})

t.test('the bytes are those of the protocol page', async (t) => {
  const frame = voice({ sampleCount: 2, seq: 0x01020304, muted: true })
  frame.samples.set([-2, 258])
  t.same(
    Array.from(encodeVoiceFrame(frame)),
    [1, 3, 4, 0, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x80, 0x3e, 0, 0, 0xfe, 0xff, 2, 1],
  )
})

t.test('up to 100 ms a frame, and silence without samples only when muted', async (t) => {
  t.equal(decode(encodeVoiceFrame(voice({ sampleRate: 48_000, sampleCount: 4_800 }))), 'ok')
  t.equal(decode(encodeVoiceFrame(voice({ sampleCount: 0, muted: true }))), 'ok')
  t.equal(decode(encodeVoiceFrame(voice({ sampleCount: 1 }))), 'ok')
  const tooLong = new Uint8Array([...encodeVoiceFrame(voice({ sampleCount: 1_600 })), 0, 0])
  t.equal(decode(tooLong), 'BAD_DURATION')
  const silence = voice({ sampleCount: 0, muted: true })
  t.equal(
    broken((view) => view.setUint16(2, 0, true), silence),
    'BAD_DURATION',
  )
  t.throws(() => encodeVoiceFrame(voice({ sampleCount: 1_601 })), RangeError)
  t.throws(() => encodeVoiceFrame(voice({ sampleCount: 0 })), RangeError)
  t.throws(() => encodeVoiceFrame(voice({ samples: new Int16Array(319) })), RangeError)
})

t.test('each problem by its name', async (t) => {
  t.equal(
    broken((view) => view.setUint8(0, 0)),
    'BAD_VERSION',
  )
  t.equal(
    broken((view) => view.setUint8(1, 9)),
    'UNKNOWN_KIND',
  )
  t.equal(
    broken((view) => view.setUint8(1, 1)),
    'UNEXPECTED_KIND',
  )
  t.equal(
    broken((view) => view.setFloat64(8, Number.NaN, true)),
    'BAD_TIMESTAMP',
  )
  for (const rate of [0, 7_999, 48_001, 0xffff_ffff]) {
    t.equal(
      broken((view) => view.setUint32(16, rate, true)),
      'BAD_SAMPLE_RATE',
      String(rate),
    )
    t.throws(() => encodeVoiceFrame(voice({ sampleRate: rate })), RangeError)
  }
})

t.test('a frame that ends early or in the middle of a sample is refused', async (t) => {
  const whole = encodeVoiceFrame(voice())
  for (let length = 0; length < 20; length++) {
    t.equal(decode(whole.subarray(0, length)), 'TRUNCATED', `${length} bytes`)
  }
  t.equal(decode(whole.subarray(0, 20)), 'BAD_DURATION')
  t.equal(decode(whole.subarray(0, 21)), 'TRUNCATED')
})

t.test('arbitrary bytes never throw', async (t) => {
  const header = fc.constantFrom([1, 3, 0, 0], [1, 3, 4, 0], [])
  const property = fc.property(header, fc.uint8Array({ maxLength: 64 }), (head, rest) => {
    decode(Uint8Array.from([...head, ...rest]))
  })
  holds(t, property, 5_000)
})
