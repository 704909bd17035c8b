/**
 * A time-course of expressions for a simulated face: what a person in front of a camera does while
 * they feel, talk, blink and shift. Any moment can be asked for, in any order; the same seed gives
 * the same course.
 */
import type { FacePose } from './simulated-face.js'
import { createRandom } from './simulated-face-random.js'

export type SimulatedExpression =
  | 'happy'
  | 'sad'
  | 'angry'
  | 'fearful'
  | 'surprised'
  | 'disgusted'
  | 'neutral'

/** Action units of the posed expressions (core ones of Du, Tao & Martinez 2014, table 1). */
export const EXPRESSION_PROTOTYPES: Record<
  SimulatedExpression,
  Readonly<Record<number, number>>
> = {
  happy: { 6: 1, 12: 1, 25: 0.6 },
  sad: { 1: 0.8, 4: 0.3, 15: 1, 17: 0.6 },
  angry: { 4: 1, 7: 0.8, 24: 1 },
  fearful: { 1: 0.8, 2: 0.3, 4: 0.3, 5: 0.8, 20: 1, 25: 1 },
  surprised: { 1: 1, 2: 1, 5: 0.8, 26: 1 },
  disgusted: { 4: 0.5, 7: 0.6, 9: 1, 10: 1, 17: 0.4 },
  neutral: {},
}

export interface ScriptSegment {
  readonly expression: SimulatedExpression
  readonly seconds: number
  /** 1 is a clear expression. Default 1. */
  readonly intensity?: number
  /** Speaking moves the jaw and the lips on top of the expression. Default false. */
  readonly talking?: boolean
}

export interface FaceScriptOptions {
  readonly seed?: number
  /** Played in a loop; a default goes through all expressions in a minute. */
  readonly segments?: readonly ScriptSegment[]
  /** Default 17, a person at rest (Bentivoglio 1997). */
  readonly blinksPerMinute?: number
  /** Degrees of slow head movement. Default 4. */
  readonly swayDegrees?: number
}

export interface FaceScript {
  readonly durationMs: number
  /** The segment at a time, in ms since the start. */
  segmentAt(ms: number): ScriptSegment
  /** Everything `SimulatedFace.render` needs for that time. */
  poseAt(ms: number): FacePose
}

const DEFAULT_SEGMENTS: readonly ScriptSegment[] = [
  { expression: 'neutral', seconds: 10 },
  { expression: 'happy', seconds: 8 },
  { expression: 'neutral', seconds: 6, talking: true },
  { expression: 'sad', seconds: 8 },
  { expression: 'neutral', seconds: 5 },
  { expression: 'surprised', seconds: 3 },
  { expression: 'happy', seconds: 5, intensity: 0.7, talking: true },
  { expression: 'angry', seconds: 5 },
  { expression: 'fearful', seconds: 4 },
  { expression: 'disgusted', seconds: 4 },
  { expression: 'neutral', seconds: 2 },
]

/** How long an expression takes to come and to go. */
const ONSET_MS = 400
const BLINK_MS = 250
const SHORTEST_BLINK_GAP_MS = 600

export function createFaceScript(options: FaceScriptOptions = {}): FaceScript {
  const { segments = DEFAULT_SEGMENTS, blinksPerMinute = 17, swayDegrees = 4, seed = 1 } = options
  const random = createRandom(seed)
  const ends: number[] = []
  for (const { seconds } of segments) ends.push((ends.at(-1) ?? 0) + seconds * 1000)
  const durationMs = ends.at(-1) ?? 0
  if (!(durationMs > 0)) throw new RangeError('a script lasts longer than nothing')
  const phases = Array.from({ length: 6 }, () => random.uniform() * 2 * Math.PI)
  const blinks = scheduleBlinks(durationMs, blinksPerMinute, random.uniform)

  const wrap = (ms: number): number => ((ms % durationMs) + durationMs) % durationMs
  const indexAt = (ms: number): number => ends.findIndex((end) => wrap(ms) < end)
  const at = (index: number): ScriptSegment => {
    const segment = segments[(index + segments.length) % segments.length]
    if (segment === undefined) throw new RangeError('a script has segments')
    return segment
  }
  const wave = (ms: number, hertz: number, phase: number): number =>
    Math.sin((2 * Math.PI * hertz * ms) / 1000 + (phases[phase] ?? 0))

  function poseAt(ms: number): FacePose {
    const now = wrap(ms)
    const index = indexAt(ms)
    const segment = at(index)
    const sinceStart = now - ((ends[index] ?? 0) - segment.seconds * 1000)
    const onset = easeIn(sinceStart / ONSET_MS)
    const actionUnits: Record<number, number> = {}
    blend(actionUnits, segment, onset)
    blend(actionUnits, at(index - 1), 1 - onset)
    if (segment.talking) speak(actionUnits, onset, wave(ms, 4.3, 0), wave(ms, 0.9, 1))
    const shut = Math.max(0, ...blinks.map((start) => blinkAt(now - start)))
    if (shut > 0) actionUnits[43] = Math.max(actionUnits[43] ?? 0, shut)
    return {
      actionUnits,
      yaw: swayDegrees * (0.7 * wave(ms, 0.11, 2) + 0.3 * wave(ms, 0.31, 3)),
      pitch: swayDegrees * 0.6 * wave(ms, 0.17, 4),
      roll: swayDegrees * 0.5 * wave(ms, 0.07, 5),
      x: 0.5 + 0.02 * wave(ms, 0.05, 3),
      y: 0.5 + 0.02 * wave(ms, 0.09, 2),
    }
  }

  return { durationMs, segmentAt: (ms) => at(indexAt(ms)), poseAt }
}

/** Adds the segment's units at a share of their intensity. */
function blend(target: Record<number, number>, segment: ScriptSegment, share: number): void {
  if (share <= 0) return
  for (const [unit, value] of Object.entries(EXPRESSION_PROTOTYPES[segment.expression])) {
    const key = Number(unit)
    target[key] = (target[key] ?? 0) + value * (segment.intensity ?? 1) * share
  }
}

/** Syllables at about four a second, in phrases with pauses. */
function speak(
  target: Record<number, number>,
  share: number,
  syllable: number,
  phrase: number,
): void {
  const voiced = share * Math.max(0, Math.min(1, phrase + 0.6))
  const open = 0.35 * voiced * Math.max(0, syllable)
  target[26] = (target[26] ?? 0) + open
  target[25] = (target[25] ?? 0) + 0.4 * voiced
}

function scheduleBlinks(durationMs: number, perMinute: number, uniform: () => number): number[] {
  const starts: number[] = []
  if (perMinute <= 0) return starts
  const meanGapMs = Math.max(60_000 / perMinute - SHORTEST_BLINK_GAP_MS, 1)
  const nextGap = (): number => SHORTEST_BLINK_GAP_MS - meanGapMs * Math.log(1 - uniform())
  for (let start = nextGap(); start + BLINK_MS < durationMs; start += nextGap()) starts.push(start)
  return starts
}

/** How far the lids are shut, `ms` after a blink began. */
function blinkAt(ms: number): number {
  return ms <= 0 || ms >= BLINK_MS ? 0 : 1.1 * Math.sin((Math.PI * ms) / BLINK_MS)
}

function easeIn(share: number): number {
  const clamped = Math.min(Math.max(share, 0), 1)
  return clamped * clamped * (3 - 2 * clamped)
}
