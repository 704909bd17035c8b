import { writePercent } from '../wording/figures.js'
import { type Drawing, type Shape, WIDTH } from './drawing.js'

const ROW = 26
const BAR = 14
const LABELS = 104
const FIGURES = 56

export interface Share {
  readonly name: string
  /** 0..1 */
  readonly share: number
}

/** One bar a row, each with its name and its figure: nothing is told by colour. */
export function drawShareBars(
  shares: readonly Share[],
  title: string,
  description: string,
): Drawing {
  const room = WIDTH - LABELS - FIGURES
  return {
    ...{ width: WIDTH, height: shares.length * ROW + 4, title, description },
    shapes: shares.flatMap(({ name, share }, row): Shape[] => {
      const y = row * ROW + (ROW - BAR) / 2
      const width = share * room
      const text = y + BAR - 3
      return [
        { kind: 'label', x: LABELS - 10, y: text, text: name, anchor: 'end', tone: 'ink' },
        { kind: 'rect', x: LABELS, y, width: room, height: BAR, tone: 'ground' },
        ...(width > 0
          ? [{ kind: 'rect', x: LABELS, y, width, height: BAR, tone: 'bar' } as const]
          : []),
        {
          ...{ kind: 'label', x: WIDTH - FIGURES + 10, y: text, anchor: 'start', tone: 'ink' },
          text: writePercent(share),
        },
      ]
    }),
  }
}
