import { readFileSync } from 'node:fs'

export interface Portrait {
  readonly aspect: number
  /** Fills `out` with the face at a moment. */
  render(streamedMs: number, out: Float32Array): void
}

/** A 640×480 camera took it (the message has no field for that). */
const ASPECT = 4 / 3
/** Of the picture: about what FaceMesh's points tremble on a still face. */
const JITTER = 0.0005
const SWAY = 0.01
const SWAY_PERIOD_MS = 5_100

/**
 * A real message of the web client (packages/testing/data): a plainly smiling face. It is one
 * photograph, so it is held as by a hand that is not quite still.
 */
export function createPortrait(random: () => number): Portrait {
  const points = readPoints()
  return {
    aspect: ASPECT,
    render(streamedMs, out) {
      const turn = (2 * Math.PI * streamedMs) / SWAY_PERIOD_MS
      const sway = [SWAY * Math.sin(turn), SWAY * Math.cos(turn), 0] as const
      for (const [at, value] of points.entries()) {
        out[at] = value + (sway[at % 3] as number) + (random() - 0.5) * 2 * JITTER
      }
    },
  }
}

function readPoints(): readonly number[] {
  const file = new URL('../../data/landmarks-frame.json', import.meta.resolve('@bemore/testing'))
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as {
    data: readonly { readonly x: number; readonly y: number; readonly z: number }[]
  }
  return data.flatMap(({ x, y, z }) => [x, y, z])
}
