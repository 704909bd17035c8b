import type { ReportWords } from '../wording/report-words.js'
import { type Drawing, type Shape, WIDTH } from './drawing.js'
import { createSessionAxis, drawTicks, type SessionAxis, shadePauses } from './session-axis.js'
import type { Stretch } from './stretches.js'

type Pauses = readonly { readonly from: number; readonly to: number }[]

const ROW = 30
const STRIP = 18
const VOICE = 54

/** How much of each stretch was speech: the higher, the more. */
export function drawVoiceStrip(
  stretches: readonly Stretch[],
  pauses: Pauses,
  durationMs: number,
  description: string,
  words: ReportWords,
): Drawing {
  const axis = createSessionAxis(durationMs)
  const bottom = VOICE + 8
  return {
    ...{ width: WIDTH, height: bottom + 26, title: words.voiceChart, description },
    shapes: [
      groundRect(axis, 8, VOICE),
      ...shadePauses(pauses, axis, 8, VOICE),
      ...stretches.flatMap(({ from, to, speaking }) =>
        speaking === null || speaking === 0
          ? []
          : [stretchRect(axis, from, to, bottom - speaking * VOICE, speaking * VOICE)],
      ),
      rowLabel(axis, 18, '100%'),
      rowLabel(axis, bottom, '0%'),
      ...drawTicks(axis, bottom),
    ],
  }
}

/** A row for each of face, voice and words: filled where there was something to go by. */
export function drawCoverageStrips(
  stretches: readonly Stretch[],
  pauses: Pauses,
  durationMs: number,
  description: string,
  words: ReportWords,
): Drawing {
  const axis = createSessionAxis(durationMs)
  const rows = [
    { name: words.source.face, shareOf: ({ face }: Stretch) => face },
    { name: words.source.voice, shareOf: ({ voice }: Stretch) => (voice ? 1 : 0) },
    { name: words.source.text, shareOf: ({ text }: Stretch) => (text ? 1 : 0) },
  ]
  const bottom = rows.length * ROW
  return {
    ...{ width: WIDTH, height: bottom + 26, title: words.coverageChart, description },
    shapes: [
      ...rows.flatMap(({ name, shareOf }, row): Shape[] => {
        const y = row * ROW + (ROW - STRIP) / 2
        return [
          groundRect(axis, y, STRIP),
          ...shadePauses(pauses, axis, y, STRIP),
          ...stretches.flatMap((stretch) => {
            const height = Math.min(1, shareOf(stretch)) * STRIP
            const { from, to } = stretch
            return height < 0.5 ? [] : [stretchRect(axis, from, to, y + STRIP - height, height)]
          }),
          rowLabel(axis, y + STRIP - 4, name),
        ]
      }),
      ...drawTicks(axis, bottom),
    ],
  }
}

function groundRect({ left, right }: SessionAxis, y: number, height: number): Shape {
  return { kind: 'rect', x: left, y, width: right - left, height, tone: 'ground' }
}

function stretchRect(
  axis: SessionAxis,
  from: number,
  to: number,
  y: number,
  height: number,
): Shape {
  const x = axis.x(from)
  return { kind: 'rect', x, y, width: Math.max(0.75, axis.x(to) - x), height, tone: 'bar' }
}

function rowLabel(axis: SessionAxis, y: number, text: string): Shape {
  return { kind: 'label', x: axis.left - 8, y, text, anchor: 'end', tone: 'quiet' }
}
