import {
  type Drawing,
  diamondAround,
  LABEL_SIZE,
  type Shape,
  type Tone,
} from '../charts/drawing.js'
import { printable } from './printable.js'
import { COLUMN, INK, PAGE, QUIET, REGULAR, reserve, type Sheet } from './sheet.js'

const COLOURS: Readonly<Record<Tone, string>> = {
  ink: INK,
  quiet: QUIET,
  grid: '#e4e1d9',
  ground: '#f0eee8',
  pause: '#dcd9d0',
  valence: '#1f6391',
  arousal: '#a4621a',
  bar: '#4f7f8f',
}
const PAUSE_EDGE = '#aaa699'

const GAP = 12

/** On the page, with the gap below it. */
export function heightOf({ width, height }: Drawing): number {
  return (height * COLUMN) / width + GAP
}

/** Draws the shapes as shapes, as wide as the column, and leaves the pen below them. */
export function drawDrawing(sheet: Sheet, drawing: Drawing): void {
  const scale = COLUMN / drawing.width
  reserve(sheet, heightOf(drawing))
  const top = sheet.y
  sheet.save().translate(PAGE.left, top).scale(scale)
  for (const shape of drawing.shapes) drawShape(sheet, shape)
  sheet.restore()
  sheet.x = PAGE.left
  sheet.y = top + heightOf(drawing)
}

function drawShape(sheet: Sheet, shape: Shape): void {
  const colour = COLOURS[shape.tone]
  switch (shape.kind) {
    case 'rect':
      sheet.rect(shape.x, shape.y, shape.width, shape.height)
      if (shape.tone === 'pause') sheet.lineWidth(0.75).fillAndStroke(colour, PAUSE_EDGE)
      else sheet.fill(colour)
      return
    case 'line': {
      const [first, ...rest] = shape.points
      if (first === undefined) return
      sheet.moveTo(first.x, first.y)
      for (const { x, y } of rest) sheet.lineTo(x, y)
      if (shape.dashed === true) sheet.dash(6, { space: 4 })
      sheet.lineWidth(shape.width).lineJoin('round').stroke(colour)
      sheet.undash()
      return
    }
    case 'dot':
      sheet.circle(shape.x, shape.y, 3).fill(colour)
      return
    case 'diamond':
      sheet
        .polygon(...diamondAround(shape).map(({ x, y }): [number, number] => [x, y]))
        .fill(colour)
      return
    case 'label': {
      sheet.font(REGULAR).fontSize(LABEL_SIZE).fillColor(colour)
      const text = printable(sheet, shape.text)
      const width = sheet.widthOfString(text)
      const shift = { start: 0, middle: width / 2, end: width }[shape.anchor]
      // `lineBreak` off: a chart has no column to break into.
      sheet.text(text, shape.x - shift, shape.y - LABEL_SIZE * 0.95, { lineBreak: false })
    }
  }
}
