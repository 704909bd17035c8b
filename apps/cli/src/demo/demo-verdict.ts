import type { SessionReport, TimelineEntry } from '@bemore/core'
import type { DemoTally } from './demo-tally.js'

/** How often something was said, and how often it was "happy". */
export interface HappyShare {
  readonly of: number
  readonly happy: number
}

export interface DemoVerdict {
  /** Windows seen live that the report lacks. */
  readonly missing: readonly number[]
  /** The report holds windows, and all that were seen live. */
  readonly isComplete: boolean
  /** The smiling portrait as the report's windows have it that lie mostly in its phase. */
  readonly portraitWindows: HappyShare
  /** And as the live estimate had it. */
  readonly portraitReadings: HappyShare
  /** By the windows, or by the live estimate where the phase was too short for one. */
  readonly isPortraitHappy: boolean
}

/**
 * Compares what the sockets told with what the report holds.
 * @param portraitMs when the portrait was last shown, ms since the start of the session
 */
export function judgeReport(
  report: SessionReport,
  { windows, portraitReadings: readings }: Pick<DemoTally, 'windows' | 'portraitReadings'>,
  portraitMs: number,
): DemoVerdict {
  const held = new Set(report.timeline.map(({ window }) => window))
  const missing = [...windows.keys()].filter((window) => !held.has(window)).sort((a, b) => a - b)
  const portrait = report.timeline.filter((entry) => isMostlyBefore(entry, portraitMs))
  const portraitWindows = {
    of: portrait.length,
    happy: portrait.filter(({ emotion }) => emotion === 'happy').length,
  }
  const portraitReadings = {
    of: [...readings.values()].reduce((sum, count) => sum + count, 0),
    happy: readings.get('happy') ?? 0,
  }
  const decisive = portraitWindows.of > 0 ? portraitWindows : portraitReadings
  return {
    missing,
    isComplete: held.size > 0 && missing.length === 0,
    portraitWindows,
    portraitReadings,
    isPortraitHappy: decisive.happy > decisive.of / 2,
  }
}

function isMostlyBefore({ t, durationMs }: TimelineEntry, ms: number): boolean {
  return t + durationMs / 2 < ms
}
