import type { ReportWords } from '../wording/report-words.js'
import { type Drawing, type Point, type Shape, WIDTH } from './drawing.js'
import { createSessionAxis, drawTicks, type SessionAxis, shadePauses } from './session-axis.js'
import type { Stretch } from './stretches.js'

const TOP = 34
const PLOT = 170
const BOTTOM = TOP + PLOT
const HEIGHT = BOTTOM + 26

/** Valence and arousal over the session's clock; a line breaks where nothing was measured. */
export function drawAffectTimeline(
  stretches: readonly Stretch[],
  pauses: readonly { readonly from: number; readonly to: number }[],
  durationMs: number,
  words: ReportWords,
): Drawing {
  const axis = createSessionAxis(durationMs)
  const measured = stretches.filter(({ valence }) => valence !== null).length
  const said = stretches.filter(({ text }) => text)
  const differing = stretches.filter(({ incongruent }) => incongruent)
  const center = (stretch: Stretch) => axis.x((stretch.from + Math.min(stretch.to, durationMs)) / 2)
  return {
    ...{ width: WIDTH, height: HEIGHT, title: words.courseChart },
    description: words.courseShown(measured, said.length, differing.length),
    shapes: [
      ...shadePauses(pauses, axis, TOP, PLOT),
      ...drawFrame(axis, words),
      ...drawTicks(axis, BOTTOM),
      ...drawValues(stretches, ({ arousal }) => arousal, center, 'arousal'),
      ...drawValues(stretches, ({ valence }) => valence, center, 'valence'),
      ...said.map((stretch) => tick(center(stretch))),
      ...differing.map(
        (stretch): Shape => ({ kind: 'diamond', x: center(stretch), y: TOP + 9, tone: 'ink' }),
      ),
      ...drawLegend(words, pauses.length > 0, said.length > 0, differing.length > 0),
    ],
  }
}

const yOf = (value: number) => TOP + ((1 - value) / 2) * PLOT

function tick(x: number): Shape {
  const points = [
    { x, y: BOTTOM - 9 },
    { x, y: BOTTOM - 2 },
  ]
  return { kind: 'line', points, tone: 'ink', width: 1.5 }
}

function drawFrame(axis: SessionAxis, words: ReportWords): Shape[] {
  const across = (value: number): Shape => ({
    kind: 'line',
    points: [
      { x: axis.left, y: yOf(value) },
      { x: axis.right, y: yOf(value) },
    ],
    tone: value === 0 ? 'quiet' : 'grid',
    width: 1,
  })
  const label = (y: number, text: string): Shape => ({
    ...{ kind: 'label', x: axis.left - 8, y, text, anchor: 'end', tone: 'quiet' },
  })
  return [
    ...[1, 0.5, 0, -0.5, -1].map(across),
    label(TOP + 6, words.pleasant),
    label(TOP + 21, words.lively),
    label(BOTTOM - 18, words.unpleasant),
    label(BOTTOM - 3, words.calm),
  ]
}

/** A stretch that has neighbours on neither side would be a line without a length: it is a dot. */
function drawValues(
  stretches: readonly Stretch[],
  readValue: (stretch: Stretch) => number | null,
  center: (stretch: Stretch) => number,
  tone: 'valence' | 'arousal',
): Shape[] {
  const runs: Point[][] = []
  let run: Point[] = []
  let reached: number | null = null
  for (const stretch of stretches) {
    const value = readValue(stretch)
    if (value === null || stretch.from !== reached) run = []
    reached = value === null ? null : stretch.to
    if (value === null) continue
    if (run.length === 0) runs.push(run)
    run.push({ x: center(stretch), y: yOf(value) })
  }
  return runs.flatMap((points): Shape[] => {
    const [only] = points
    if (only !== undefined && points.length === 1) return [{ kind: 'dot', ...only, tone }]
    return [{ kind: 'line', points, tone, width: 2.25, dashed: tone === 'arousal' }]
  })
}

function drawLegend(
  words: ReportWords,
  hasPauses: boolean,
  hasWords: boolean,
  hasDiffering: boolean,
): Shape[] {
  const y = 14
  const shapes: Shape[] = []
  let x = 10
  const entry = (text: string, sample: (x: number) => Shape) => {
    shapes.push(sample(x), {
      ...{ kind: 'label', x: x + 26, y: y + 4, text, anchor: 'start', tone: 'ink' },
    })
    x += 26 + widthOf(text) + 18
  }
  const stroke =
    (tone: 'valence' | 'arousal', dashed: boolean) =>
    (x: number): Shape => ({
      ...{ kind: 'line', tone, width: 2.25, dashed },
      points: [
        { x, y },
        { x: x + 20, y },
      ],
    })
  entry(words.valence, stroke('valence', false))
  entry(words.arousal, stroke('arousal', true))
  if (hasWords) {
    entry(words.utterance, (x) => ({
      ...{ kind: 'line', tone: 'ink', width: 1.5 },
      points: [
        { x: x + 16, y: y - 4 },
        { x: x + 16, y: y + 4 },
      ],
    }))
  }
  if (hasDiffering)
    entry(words.incongruence, (x) => ({ kind: 'diamond', x: x + 14, y, tone: 'ink' }))
  if (hasPauses) {
    entry(words.pause, (x) => ({
      ...{ kind: 'rect', x: x + 2, y: y - 6, width: 18, height: 12, tone: 'pause' },
    }))
  }
  return shapes
}

/** About: a Hangul syllable is as wide as it is high, a Latin letter half of that. */
function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += character > '\u1100' ? 11.5 : 6.2
  return width
}
