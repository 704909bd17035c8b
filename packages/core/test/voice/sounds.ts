import type { SoundFrame } from '../../src/index.js'

/** A tone with `harmonics` of falling level, 16-bit. */
export function toneOf(
  hertz: number,
  durationMs: number,
  sampleRate: number,
  amplitude = 0.25,
  harmonics = 1,
): Int16Array {
  return Int16Array.from({ length: Math.round((durationMs * sampleRate) / 1000) }, (_, n) => {
    let value = 0
    for (let h = 1; h <= harmonics; h++) {
      value += (amplitude / h) * Math.sin((2 * Math.PI * hertz * h * n) / sampleRate)
    }
    return Math.round(value * 32_767)
  })
}

export function soundFrame(samples: Int16Array, sampleRate = 16_000): SoundFrame {
  return { samples, sampleCount: samples.length, sampleRate, muted: false }
}

export const mutedFrame: SoundFrame = {
  samples: new Int16Array(0),
  sampleCount: 0,
  sampleRate: 16_000,
  muted: true,
}

export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2
  return Math.sqrt(sum / values.length)
}
