/** A promise of the engine: a measure, and what it must not fall below or rise above. */
export interface Gate {
  readonly name: string
  readonly value: number
  readonly threshold: number
  readonly limit: 'least' | 'most'
  readonly pass: boolean
}

export function least(name: string, value: number, threshold: number): Gate {
  return { name, value, threshold, limit: 'least', pass: value >= threshold }
}

export function most(name: string, value: number, threshold: number): Gate {
  return { name, value, threshold, limit: 'most', pass: value <= threshold }
}
