/** How hard load is shed: not at all, by measuring fewer frames, by refusing new work too. */
export type PressureLevel = 'none' | 'sample' | 'refuse'

export const PRESSURE_LEVELS: readonly PressureLevel[] = ['none', 'sample', 'refuse']

/** Where the levels of one resource begin, in its own unit. */
export interface Marks {
  readonly sample: number
  readonly refuse: number
  /** A level is left below this share of its mark: a value that hovers at one must not flap. */
  readonly release: number
}

export interface Gauge {
  readonly level: PressureLevel
  /** Takes one value and returns the level. */
  take(value: number): PressureLevel
}

/** It has to be calm for this many looks before load is let in again, which may bring it back. */
const CALM_LOOKS = 5

/** Up at once, down by and by. */
export function createGauge(marks: Marks): Gauge {
  let level: PressureLevel = 'none'
  let calm = 0

  return {
    get level() {
      return level
    },
    take(value) {
      const judged = judgeLevel(level, value, marks)
      const isLower = PRESSURE_LEVELS.indexOf(judged) < PRESSURE_LEVELS.indexOf(level)
      calm = isLower ? calm + 1 : 0
      if (!isLower || calm >= CALM_LOOKS) {
        level = judged
        calm = 0
      }
      return level
    },
  }
}

function judgeLevel(current: PressureLevel, value: number, marks: Marks): PressureLevel {
  const { sample, refuse, release } = marks
  if (value >= (current === 'refuse' ? refuse * release : refuse)) return 'refuse'
  if (value >= (current === 'none' ? sample : sample * release)) return 'sample'
  return 'none'
}
