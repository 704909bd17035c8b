import {
  type Drawing,
  diamondAround,
  type Point,
  roundUnits,
  type Shape,
} from '../charts/drawing.js'
import { escapeHtml } from './escape.js'

/** @param id of the chart within its document */
export function renderDrawing(
  { width, height, title, description, shapes }: Drawing,
  id: string,
): string {
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc" xmlns="http://www.w3.org/2000/svg">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>`,
    ...shapes.map(renderShape),
    '</svg>',
  ].join('')
}

function renderShape(shape: Shape): string {
  const u = roundUnits
  switch (shape.kind) {
    case 'rect':
      return `<rect class="f-${shape.tone}" x="${u(shape.x)}" y="${u(shape.y)}" width="${u(shape.width)}" height="${u(shape.height)}"/>`
    case 'line': {
      const dash = shape.dashed === true ? ' stroke-dasharray="6 4"' : ''
      return `<polyline class="s-${shape.tone}" points="${shape.points.map(toPair).join(' ')}" fill="none" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="butt"${dash}/>`
    }
    case 'dot':
      return `<circle class="f-${shape.tone}" cx="${u(shape.x)}" cy="${u(shape.y)}" r="3"/>`
    case 'diamond':
      return `<polygon class="f-${shape.tone}" points="${diamondAround(shape).map(toPair).join(' ')}"/>`
    case 'label':
      return `<text class="f-${shape.tone}" x="${u(shape.x)}" y="${u(shape.y)}" text-anchor="${shape.anchor}">${escapeHtml(shape.text)}</text>`
  }
}

const toPair = ({ x, y }: Point) => `${roundUnits(x)},${roundUnits(y)}`
