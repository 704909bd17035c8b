/**
 * The model file, little-endian: `BMTX`, u32 version, u32 parts, then for each language a part, and at
 * the end u32 FNV-1a of everything before.
 * A part: u8[4] language | u32 features | u32 outputs | f32 scale[outputs] | f32 bias[outputs] |
 * f32 slope[outputs] | f32 offset[outputs] | f32 prior[outputs] | u32 hash[features], ascending |
 * f32 idf[features] | i8 weight[features × outputs].
 * An output is a label of EMOTIONS, and last the polarity (pleasant against unpleasant).
 */
import { EMOTIONS } from '@bemore/protocol'

export const OUTPUTS = EMOTIONS.length + 1
export const POLARITY = EMOTIONS.length

export interface ModelPart {
  readonly language: 'ko' | 'en'
  /** Ascending. */
  readonly hashes: Uint32Array
  readonly idf: Float32Array
  /** `weights[feature × OUTPUTS + output] × scale[output]`. */
  readonly weights: Int8Array
  readonly scale: Float32Array
  readonly bias: Float32Array
  /** Platt: the calibrated logit is `slope × raw + offset`. */
  readonly slope: Float32Array
  readonly offset: Float32Array
  /** Logit of how common each label is. */
  readonly prior: Float32Array
}

export class TextModelError extends Error {
  override readonly name = 'TextModelError'
}

const MAGIC = 0x58544d42
const VERSION = 1
const HEAD_BYTES = 12
const PER_OUTPUT = ['scale', 'bias', 'slope', 'offset', 'prior'] as const

export function writeModelFile(parts: readonly ModelPart[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + partBytes(part.hashes.length), HEAD_BYTES) + 4
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, VERSION, true)
  view.setUint32(8, parts.length, true)
  let at = HEAD_BYTES
  const float = (value: number) => {
    view.setFloat32(at, value, true)
    at += 4
  }
  for (const part of parts) {
    for (let i = 0; i < 4; i++) bytes[at + i] = part.language.charCodeAt(i) || 0
    view.setUint32(at + 4, part.hashes.length, true)
    view.setUint32(at + 8, OUTPUTS, true)
    at += 12
    for (const name of PER_OUTPUT) for (const value of part[name]) float(value)
    for (const hash of part.hashes) {
      view.setUint32(at, hash, true)
      at += 4
    }
    for (const value of part.idf) float(value)
    bytes.set(new Uint8Array(part.weights.buffer, part.weights.byteOffset, part.weights.length), at)
    at += part.weights.length
  }
  view.setUint32(at, checksum(bytes.subarray(0, at)), true)
  return bytes
}

/** @throws TextModelError where the bytes are no model of this version, or damaged. */
export function readModelFile(bytes: Uint8Array): ModelPart[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEAD_BYTES + 4 || view.getUint32(0, true) !== MAGIC) {
    throw new TextModelError('not a text model')
  }
  const version = view.getUint32(4, true)
  if (version !== VERSION)
    throw new TextModelError(`text model of version ${version}, not ${VERSION}`)
  const end = bytes.length - 4
  if (view.getUint32(end, true) !== checksum(bytes.subarray(0, end))) {
    throw new TextModelError('the text model is damaged: its checksum differs')
  }
  let at = HEAD_BYTES
  const floats = (count: number): Float32Array => {
    const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(at + i * 4, true))
    at += count * 4
    return values
  }
  return Array.from({ length: view.getUint32(8, true) }, () => {
    const language = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0)
    const features = view.getUint32(at + 4, true)
    const outputs = view.getUint32(at + 8, true)
    if ((language !== 'ko' && language !== 'en') || outputs !== OUTPUTS) {
      throw new TextModelError('the text model was made for other labels')
    }
    at += 12
    const [scale, bias, slope, offset, prior] = [
      ...[floats(OUTPUTS), floats(OUTPUTS), floats(OUTPUTS), floats(OUTPUTS), floats(OUTPUTS)],
    ] as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]
    const hashes = Uint32Array.from({ length: features }, (_, i) =>
      view.getUint32(at + i * 4, true),
    )
    at += features * 4
    const idf = floats(features)
    // Not by slice, which for a Buffer of Node is a view of something larger.
    const weights = Int8Array.from({ length: features * OUTPUTS }, (_, i) => view.getInt8(at + i))
    at += features * OUTPUTS
    return { language, hashes, idf, weights, scale, bias, slope, offset, prior }
  })
}

function partBytes(features: number): number {
  return 12 + PER_OUTPUT.length * OUTPUTS * 4 + features * (8 + OUTPUTS)
}

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return hash >>> 0
}
