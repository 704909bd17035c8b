/**
 * How stirred a voice sounds, against the same voice earlier in the session: pitch and spectral tilt
 * rise with effort in everyone, from a level that is everyone's own. Raw pitch tells high from low
 * arousal with an AUC of .90, against the speaker's own mean with .98, and both together with .99
 * (acted German speech). About pleasant or unpleasant a voice says little, so nothing is said.
 */

/** One second of pitched sound, in hops of 20 ms. */
const UNIT_HOPS = 50
/** About a quarter of a minute of talk: before, "higher than usual" has no usual. */
const ENOUGH_UNITS = 8
const WEIGHT = { pitch: 0.6, tilt: 0.4 }
const SOFTNESS = 1.5
/**
 * Spread of one speaker's seconds in ordinary talk, semitones and dB (own choice). Counts like so
 * many units seen, because the spread of a few is as often far too small as too large.
 */
const USUAL_SPREAD = { pitch: 2, tilt: 3 }
const USUAL_SPREAD_UNITS = 8

/** What the session has taught about the voice: plain JSON, for another process to go on from. */
export interface VoiceBaseline {
  readonly version: 1
  readonly units: number
  /** Mean and sum of squared deviations of the units' median pitch, semitones above 100 Hz .. */
  readonly pitchMean: number
  readonly pitchSquares: number
  /** .. and of their mean tilt, dB. */
  readonly tiltMean: number
  readonly tiltSquares: number
}

export interface ArousalMeter {
  /** -1..1 of the last unit; NaN before enough speech was heard. */
  readonly value: number
  /** Takes one pitched hop. True when a unit was completed and judged. */
  push(semitones: number, tiltDb: number): boolean
  baseline(): VoiceBaseline
}

export function createArousalMeter(restored?: VoiceBaseline): ArousalMeter {
  const known = restored
    ? { ...restored }
    : { version: 1 as const, units: 0, pitchMean: 0, pitchSquares: 0, tiltMean: 0, tiltSquares: 0 }
  const pitches = new Float64Array(UNIT_HOPS)
  const unit = { hops: 0, tilt: 0 }
  const state = { value: Number.NaN, push, baseline: () => ({ ...known }) }

  function push(semitones: number, tiltDb: number): boolean {
    pitches[unit.hops++] = semitones
    unit.tilt += tiltDb
    if (unit.hops < UNIT_HOPS) return false
    pitches.sort()
    const pitch = pitches[UNIT_HOPS / 2]
    const tilt = unit.tilt / UNIT_HOPS
    unit.hops = 0
    unit.tilt = 0
    const enough = known.units >= ENOUGH_UNITS
    if (enough) {
      const z =
        (WEIGHT.pitch * (pitch - known.pitchMean)) /
          spread(known.pitchSquares, USUAL_SPREAD.pitch) +
        (WEIGHT.tilt * (tilt - known.tiltMean)) / spread(known.tiltSquares, USUAL_SPREAD.tilt)
      state.value = Math.tanh(z / SOFTNESS)
    }
    // Learning comes after measuring: a unit is not judged against itself.
    learn(pitch, tilt)
    return enough
  }

  /** Welford's running mean and squares. */
  function learn(pitch: number, tilt: number): void {
    known.units++
    const pitchStep = pitch - known.pitchMean
    known.pitchMean += pitchStep / known.units
    known.pitchSquares += pitchStep * (pitch - known.pitchMean)
    const tiltStep = tilt - known.tiltMean
    known.tiltMean += tiltStep / known.units
    known.tiltSquares += tiltStep * (tilt - known.tiltMean)
  }

  function spread(squares: number, usual: number): number {
    const total = squares + USUAL_SPREAD_UNITS * usual * usual
    return Math.sqrt(total / (known.units + USUAL_SPREAD_UNITS))
  }
  return state
}

/** Whether a stored value is a baseline this version can continue from. */
export function isVoiceBaseline(value: unknown): value is VoiceBaseline {
  if (typeof value !== 'object' || value === null) return false
  const { version, units, pitchMean, pitchSquares, tiltMean, tiltSquares } =
    value as Partial<VoiceBaseline>
  return (
    version === 1 &&
    Number.isInteger(units) &&
    (units as number) >= 0 &&
    Number.isFinite(pitchMean) &&
    Number.isFinite(tiltMean) &&
    Number.isFinite(pitchSquares) &&
    Number.isFinite(tiltSquares) &&
    (pitchSquares as number) >= 0 &&
    (tiltSquares as number) >= 0
  )
}
