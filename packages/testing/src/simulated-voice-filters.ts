/** The two filters a simulated voice is made with. */

/** A resonance at `hertz`: two poles, of unit gain at its peak. */
export function createFormant(
  hertz: number,
  bandwidth: number,
  sampleRate: number,
): (input: number) => number {
  const radius = Math.exp((-Math.PI * bandwidth) / sampleRate)
  const turn = (2 * Math.PI * hertz) / sampleRate
  const gain = (1 - radius) * Math.sqrt(1 - 2 * radius * Math.cos(2 * turn) + radius * radius)
  let last = 0
  let beforeLast = 0
  return (input) => {
    const output = gain * input + 2 * radius * Math.cos(turn) * last - radius * radius * beforeLast
    beforeLast = last
    last = output
    return output
  }
}

/** Noise of equal power per octave (Paul Kellet's filter of white noise), of unit mean square. */
export function createPinkNoise(normal: () => number): () => number {
  let b0 = 0
  let b1 = 0
  let b2 = 0
  return () => {
    const white = normal()
    b0 = 0.99765 * b0 + white * 0.099046
    b1 = 0.963 * b1 + white * 0.2965164
    b2 = 0.57 * b2 + white * 1.0526913
    return (b0 + b1 + b2 + white * 0.1848) / UNIT
  }
}

/** Root mean square of what the filter makes of white noise of unit power. */
const UNIT = 2.96
