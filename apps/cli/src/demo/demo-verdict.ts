import type { SessionReport, TimelineEntry } from '@bemore/core'
import type { Check } from './check.js'
import type { DemoTally } from './demo-tally.js'

/** How often something was said, and how often it was "happy". */
export interface HappyShare {
  readonly of: number
  readonly happy: number
}

export interface PortraitVerdict {
  /** The report's windows that lie mostly in its phase. */
  readonly windows: number
  /** Those of them in which the words do not speak against the face: a window's label is of both. */
  readonly undisputed: HappyShare
  /** As the live estimate had it, which is of the face alone. */
  readonly readings: HappyShare
  /** By the undisputed windows, else by the readings. Null: the phase was too short. */
  readonly isHappy: boolean | null
}

export interface DemoVerdict {
  /** Windows seen live that the report lacks. */
  readonly missing: readonly number[]
  /** The report holds windows, and all that were seen live. */
  readonly isComplete: boolean
  readonly portrait: PortraitVerdict
}

/** Fewer live readings than these say nothing. */
const LEAST_READINGS = 3

/**
 * Compares what the sockets told with what the report holds.
 * @param portraitMs when the portrait was last shown, ms since the start of the session
 */
export function judgeReport(
  report: SessionReport,
  { windows, portraitReadings }: Pick<DemoTally, 'windows' | 'portraitReadings'>,
  portraitMs: number,
): DemoVerdict {
  const held = new Set(report.timeline.map(({ window }) => window))
  const missing = [...windows.keys()].filter((window) => !held.has(window)).sort((a, b) => a - b)
  return {
    missing,
    isComplete: held.size > 0 && missing.length === 0,
    portrait: judgePortrait(report, portraitReadings, portraitMs),
  }
}

function judgePortrait(
  { timeline, utterances }: SessionReport,
  live: DemoTally['portraitReadings'],
  portraitMs: number,
): PortraitVerdict {
  const shown = timeline.filter(({ t, durationMs }) => t + durationMs / 2 < portraitMs)
  // Words have weight in the windows behind theirs as well.
  const unpleasant = utterances.filter(({ valence }) => valence !== null && valence < 0)
  const disputedFrom = Math.min(...unpleasant.map(({ t }) => t))
  const windows = shown.filter(({ t, durationMs }) => t + durationMs <= disputedFrom)
  const undisputed = { of: windows.length, happy: windows.filter(isHappy).length }
  const readings = {
    of: [...live.values()].reduce((sum, count) => sum + count, 0),
    happy: live.get('happy') ?? 0,
  }
  return { windows: shown.length, undisputed, readings, isHappy: decide() }

  function decide(): boolean | null {
    if (undisputed.of > 0) return isMostlyHappy(undisputed)
    return shown.length > 0 && readings.of >= LEAST_READINGS ? isMostlyHappy(readings) : null
  }
}

const isHappy = ({ emotion }: TimelineEntry) => emotion === 'happy'
const isMostlyHappy = ({ of, happy }: HappyShare) => happy > of / 2

/** @param seen how many windows were seen live */
export function checksOf(
  verdict: DemoVerdict,
  { timeline }: SessionReport,
  seen: number,
): readonly Check[] {
  const { isComplete, portrait } = verdict
  return [
    { good: isComplete, what: describeWindows(verdict, timeline.length, seen) },
    { good: portrait.isHappy, what: describePortrait(portrait) },
  ]
}

function describeWindows({ missing }: DemoVerdict, held: number, seen: number): string {
  if (held === 0) return 'the report holds no window'
  if (missing.length > 0) return `the report lacks windows seen live: ${missing.join(', ')}`
  return `windows in the report: ${held}, among them all ${seen} seen live`
}

function describePortrait({ windows, undisputed, readings, isHappy }: PortraitVerdict): string {
  const live = `${readings.happy} of ${readings.of} live readings`
  if (isHappy === null) {
    return `too little to judge the smiling portrait by: happy in ${live}, and no window is its own`
  }
  const disputed = windows - undisputed.of
  const apart = `left out for words that speak against the face: ${disputed}`
  if (undisputed.of === 0) {
    return `the smiling portrait read happy in ${live} (windows of the report ${apart})`
  }
  const judged = `${undisputed.happy} of ${undisputed.of} windows of the report`
  return `the smiling portrait read happy in ${judged}, in ${live}${disputed > 0 ? ` (windows ${apart})` : ''}`
}
