/** What the landmark tests share: the captured frame, made-up messages, and comparison. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Test } from 'tap'
import { createLandmarkFrame, type LandmarkFrame } from '../src/landmark-frame.js'
import {
  type LandmarkMessageVerdict,
  parseJson,
  readLandmarkMessage,
} from '../src/landmark-json.js'

export interface LandmarkMessage {
  readonly type: 'landmarks'
  readonly data: readonly { readonly x: number; readonly y: number; readonly z: number }[]
  readonly timestamp: number
}

/** One frame of the web client with a real face, as it came over the socket. */
export const capturedBytes: Uint8Array = readFileSync(
  new URL('../../../testing/data/landmarks-frame.json', import.meta.url),
)
export const capturedMessage = JSON.parse(
  new TextDecoder().decode(capturedBytes),
) as LandmarkMessage

/** Asserts a property with the same runs each time; change the seed to look further. */
export const holds = <T>(t: Test, property: fc.IProperty<T>, numRuns: number): void => {
  t.doesNotThrow(() => fc.assert(property, { seed: 478, numRuns }))
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A face of short numbers, so that mutations often meet the structure around them. */
export const shortPoint = '{"x":0.5,"y":0.25,"z":-0.1}'
export const shortMessage = (
  points: readonly string[] = new Array<string>(468).fill(shortPoint),
  rest = '"timestamp":1795425722793',
): string => `{"type":"landmarks","data":[${points.join(',')}],${rest}}`

/** What `faceFrame` makes a frame of: small enough to be read when a property fails. */
export const faceShape = fc.record({
  count: fc.constantFrom(468, 478),
  corner: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 }),
  sizes: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 }),
  phase: fc.nat(1000),
  aspect: fc.oneof(fc.constant(0), fc.integer({ min: 200, max: 5000 })).map((a) => a / 1000),
  mirrored: fc.boolean(),
  seq: fc.nat(0xffff_ffff),
  clientTimeMs: fc.double({ min: 0, max: 8.64e15, noNaN: true }),
})

type FaceShape = typeof faceShape extends fc.Arbitrary<infer Shape> ? Shape : never

export function faceFrame(shape: FaceShape): LandmarkFrame {
  const { corner, sizes, phase, ...fields } = shape
  const frame: LandmarkFrame = Object.assign(createLandmarkFrame(), fields, { faceInView: true })
  for (let i = 0; i < frame.count * 3; i++) {
    frame.points[i] = corner[i % 3]! + sizes[i % 3]! * Math.sin(phase + i * i)
  }
  return frame
}

/** The definition: JSON.parse, then validation. */
export function decodeByParsing(bytes: Uint8Array, frame: LandmarkFrame): LandmarkMessageVerdict {
  const message = parseJson(bytes)
  return message === undefined ? 'NOT_JSON' : readLandmarkMessage(message, frame)
}

/** The name of the first field in which two frames differ, to the bit; undefined when none does. */
export function firstDifference(a: LandmarkFrame, b: LandmarkFrame): string | undefined {
  const fields = ['count', 'aspect', 'mirrored', 'faceInView', 'seq', 'clientTimeMs'] as const
  for (const field of fields) if (!Object.is(a[field], b[field])) return field
  for (let i = 0; i < a.count * 3; i++) {
    if (!Object.is(a.points[i], b.points[i])) return `points[${i}]`
  }
  return undefined
}

/** An array that throws when read outside its bounds, where a plain one gives undefined. */
export function guarded(bytes: Uint8Array): Uint8Array {
  return new Proxy(bytes, {
    get(target, property) {
      if (typeof property === 'string' && /^-?\d+$/.test(property)) {
        const index = Number(property)
        if (index < 0 || index >= target.length) throw new RangeError(`read at ${property}`)
        return target[index]
      }
      if (property === 'subarray') {
        return (start: number, end: number) => guarded(target.subarray(start, end))
      }
      return Reflect.get(target, property, target) as unknown
    },
  })
}
