import type { CauseCode } from '../causes/causes.js'
import type { Health } from '../health.js'
import { createGauge, PRESSURE_LEVELS, type PressureLevel } from './gauge.js'
import { chooseMemoryLimit } from './memory-limit.js'

export type { PressureLevel } from './gauge.js'

/** One look at what runs out first. */
export interface PressureReading {
  readonly rssBytes: number
  /** Mean lateness of the event loop since the last look. */
  readonly loopDelayMs: number
}

export interface PressureLimits {
  /** 0: found out from the container or the host. */
  readonly memoryLimitBytes: number
  /** Share of it from which load is shed. */
  readonly memoryShedRatio: number
  readonly loopDelayShedMs: number
}

/**
 * Whether this process has more to do than it can, so that load is shed before the kernel does it. The
 * fields are plain, for the hot path to read.
 */
export interface Pressure {
  readonly level: PressureLevel
  /** The ceiling of memory this process keeps to. */
  readonly limitBytes: number
  readonly loopDelayMs: number
  /** Takes a reading, tells health its causes, and listeners of a change of the level. */
  look(reading: PressureReading): void
  onChange(listener: (level: PressureLevel) => void): void
}

/** Memory goes back slowly, if at all: a small step below the mark is relief enough. */
const MEMORY_RELEASE = 0.95
const LOOP_RELEASE = 0.5
/** Frames are sampled from the limit on; new work is refused when the loop is this many times as late. */
const LOOP_REFUSE_FACTOR = 4
const MEGABYTE = 1_048_576

export function createPressure(limits: PressureLimits, health: Health): Pressure {
  const limitBytes = chooseMemoryLimit(limits.memoryLimitBytes)
  const memory = createGauge({
    sample: limitBytes * limits.memoryShedRatio,
    // Half of what is left: a burst of new work still fits below the ceiling.
    refuse: (limitBytes * (1 + limits.memoryShedRatio)) / 2,
    release: MEMORY_RELEASE,
  })
  const loop = createGauge({
    sample: limits.loopDelayShedMs,
    refuse: limits.loopDelayShedMs * LOOP_REFUSE_FACTOR,
    release: LOOP_RELEASE,
  })
  const listeners: ((level: PressureLevel) => void)[] = []
  let delayBefore = 0

  const tell = (code: CauseCode, level: PressureLevel, detail: string) => {
    if (level === 'none') health.recover(code)
    else health.degrade(code, detail)
  }

  const pressure = {
    level: 'none' as PressureLevel,
    limitBytes,
    loopDelayMs: 0,
    look({ rssBytes, loopDelayMs }: PressureReading) {
      // One long pause (a collection of garbage, a suspended host) is no load: two in a row are.
      const steadyDelayMs = Math.min(delayBefore, loopDelayMs)
      delayBefore = loopDelayMs
      pressure.loopDelayMs = loopDelayMs
      const levels = [memory.take(rssBytes), loop.take(steadyDelayMs)] as const
      const used = `${Math.round(rssBytes / MEGABYTE)} of ${Math.round(limitBytes / MEGABYTE)} MB`
      tell('MEMORY_HIGH', levels[0], used)
      tell('LOOP_SLOW', levels[1], `the event loop is ${Math.round(loopDelayMs)} ms late`)
      const level = PRESSURE_LEVELS.findLast((each) => levels.includes(each)) ?? 'none'
      if (level === pressure.level) return
      pressure.level = level
      for (const listener of listeners) listener(level)
    },
    onChange(listener: (level: PressureLevel) => void) {
      listeners.push(listener)
    },
  }
  return pressure
}
