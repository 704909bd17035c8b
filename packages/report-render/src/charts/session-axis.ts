import type { SessionReport } from '@bemore/core'
import { writeClock } from '../wording/figures.js'
import { type Shape, WIDTH } from './drawing.js'

/** Room for the words at the left of a chart over time. */
export const LEFT = 78
/** Half of the last label of the clock, with hours. */
const RIGHT = 28

/** The session's clock along a chart. */
export interface SessionAxis {
  readonly lengthMs: number
  readonly left: number
  readonly right: number
  x(ms: number): number
}

const STEPS_MS = [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600].map((s) => s * 1000)
const MOST_TICKS = 8

export function createSessionAxis(lengthMs: number): SessionAxis {
  const length = Math.max(1, lengthMs)
  const right = WIDTH - RIGHT
  return {
    ...{ lengthMs: length, left: LEFT, right },
    x: (ms) => LEFT + (Math.min(length, Math.max(0, ms)) / length) * (right - LEFT),
  }
}

export function drawTicks(axis: SessionAxis, y: number): Shape[] {
  const step =
    STEPS_MS.find((candidate) => axis.lengthMs / candidate <= MOST_TICKS) ??
    Math.ceil(axis.lengthMs / MOST_TICKS)
  const ticks: Shape[] = []
  for (let ms = 0; ms <= axis.lengthMs; ms += step) {
    const x = axis.x(ms)
    ticks.push(
      ...[
        {
          kind: 'line',
          points: [
            { x, y },
            { x, y: y + 4 },
          ],
          tone: 'quiet',
          width: 1,
        } as const,
        {
          kind: 'label',
          x,
          y: y + 18,
          text: writeClock(ms),
          anchor: 'middle',
          tone: 'quiet',
        } as const,
      ],
    )
  }
  return ticks
}

/** Pauses as stretches of the session's clock; an open one lasts to its end. */
export function listPauses({
  pauses,
  startedAt,
  durationMs,
}: Pick<SessionReport, 'pauses' | 'startedAt' | 'durationMs'>): { from: number; to: number }[] {
  const start = Date.parse(startedAt)
  return pauses.map(({ from, to }) => ({
    from: Math.max(0, Date.parse(from) - start),
    to: to === null ? durationMs : Math.min(durationMs, Date.parse(to) - start),
  }))
}

/** A shaded stretch with an edge, which shows without colours too. */
export function shadePauses(
  pauses: readonly { readonly from: number; readonly to: number }[],
  axis: SessionAxis,
  y: number,
  height: number,
): Shape[] {
  return pauses.map(({ from, to }) => {
    const x = axis.x(from)
    return { kind: 'rect', x, y, width: Math.max(1, axis.x(to) - x), height, tone: 'pause' }
  })
}
