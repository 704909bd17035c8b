const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const

export type Palette = { readonly [Style in keyof typeof STYLES]: (text: string) => string }

/** Colours for a terminal, or functions that leave the text as it is. */
export function createPalette(enabled: boolean): Palette {
  const paint = ([on, off]: readonly [number, number]) =>
    enabled ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text
  return {
    bold: paint(STYLES.bold),
    dim: paint(STYLES.dim),
    red: paint(STYLES.red),
    green: paint(STYLES.green),
    yellow: paint(STYLES.yellow),
    cyan: paint(STYLES.cyan),
  }
}
