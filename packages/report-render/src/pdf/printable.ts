import { cleanText } from '../html/escape.js'
import type { Sheet } from './sheet.js'

/** Stands for a character that the fonts lack (an emoji, a Hanja); the page and the JSON have it. */
const LACKING = '□'

interface Font {
  readonly font?: { hasGlyphForCodePoint?(codePoint: number): boolean }
}

/** What can be printed of a text: one that the font lacks would be left out without a trace. */
export function printable(sheet: Sheet, text: string): string {
  const { font } = (sheet as unknown as { readonly _font: Font })._font
  let printed = ''
  for (const character of cleanText(text).normalize('NFC')) {
    const codePoint = character.codePointAt(0) ?? 0
    const isJoiner = codePoint === 0x200d || codePoint === 0xfe0f
    if (isJoiner) continue
    const isKnown = character === '\n' || font?.hasGlyphForCodePoint?.(codePoint) !== false
    printed += isKnown ? character : LACKING
  }
  return printed
}
