import { printable } from './printable.js'
import type { Sheet } from './sheet.js'

/** Kerning between words, which is not counted here. */
const SLACK = 2

/**
 * What can be printed of a text, in lines that break between words, in the font that is set. Left to
 * itself the library breaks Korean between any two syllables, which the rules allow and a reader
 * stumbles over; only a word that is longer than a line is left to it.
 */
export function fitText(sheet: Sheet, text: string, columnWidth: number): string {
  const space = sheet.widthOfString(' ')
  // The library counts the end of a line as a character of the font.
  const width = columnWidth - sheet.widthOfString('\n') - SLACK
  return printable(sheet, text)
    .split('\n')
    .map((paragraph) => {
      let left = width
      let line = ''
      for (const word of paragraph.split(' ')) {
        const needed = sheet.widthOfString(word)
        const isFirst = line === ''
        if (!isFirst && needed + space > left) {
          line += `\n${word}`
          left = width - needed
        } else {
          line += isFirst ? word : ` ${word}`
          left -= needed + (isFirst ? 0 : space)
        }
      }
      return line
    })
    .join('\n')
}
