/**
 * A chart as shapes with a meaning, so that the page and the PDF draw the very same. What a tone looks
 * like is theirs to say; every difference that a tone makes is also one of form, for those who see no
 * colours and for printers that have none.
 */
export const TONES = [
  'ink',
  'quiet',
  'grid',
  'ground',
  'pause',
  'valence',
  'arousal',
  'bar',
] as const
export type Tone = (typeof TONES)[number]

export interface Point {
  readonly x: number
  readonly y: number
}

export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly tone: Tone
    }
  | {
      readonly kind: 'line'
      readonly points: readonly Point[]
      readonly tone: Tone
      readonly width: number
      readonly dashed?: boolean
    }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly tone: Tone }
  | { readonly kind: 'diamond'; readonly x: number; readonly y: number; readonly tone: Tone }
  | {
      readonly kind: 'label'
      readonly x: number
      readonly y: number
      readonly text: string
      readonly anchor: 'start' | 'middle' | 'end'
      readonly tone: Tone
    }

/** Units are those of a page 720 wide; y goes down. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly shapes: readonly Shape[]
}

export const WIDTH = 720
export const LABEL_SIZE = 12

/** Two decimals are more than a screen or a printer shows. */
export function roundUnits(value: number): number {
  return Math.round(value * 100) / 100
}

export function diamondAround({ x, y }: Point): Point[] {
  return [
    { x, y: y - 5 },
    { x: x + 5, y },
    { x, y: y + 5 },
    { x: x - 5, y },
  ]
}
