import type { Block, Quote } from '../document/blocks.js'
import { drawDrawing } from './draw-drawing.js'
import { fitText } from './fit-text.js'
import { printable } from './printable.js'
import { BOLD, COLUMN, INK, PAGE, QUIET, REGULAR, reserve, type Sheet } from './sheet.js'

const TEXT = 10.5
const SMALL = 9
const LEADING = 4.5
const INDENT = 14
const WHEN = 48
/** Room for a heading and two lines below it: neither stands alone at the end of a page. */
export const HEADING_ROOM = 90

export function writeBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      writeText(sheet, block.text, block.tone)
      return
    case 'subtitle':
      reserve(sheet, HEADING_ROOM)
      sheet
        .moveDown(0.5)
        .font(BOLD)
        .fontSize(TEXT + 0.5)
        .fillColor(INK)
      sheet.text(fitText(sheet, block.text, COLUMN), PAGE.left, sheet.y, { width: COLUMN })
      sheet.moveDown(0.35)
      return
    case 'list':
      for (const item of block.items) writeItem(sheet, item)
      sheet.moveDown(0.3)
      return
    case 'facts':
      writeFacts(sheet, block.items)
      return
    case 'chart':
      drawDrawing(sheet, block.drawing)
      return
    case 'quotes':
      for (const quote of block.items) writeQuote(sheet, quote)
      if (block.more !== null) writeText(sheet, block.more, 'quiet')
      return
    case 'card':
      writeCard(sheet, block.card)
  }
}

function writeText(sheet: Sheet, text: string, tone: 'plain' | 'lead' | 'quiet'): void {
  const size = { plain: TEXT, lead: TEXT + 1, quiet: TEXT - 0.75 }[tone]
  sheet
    .font(REGULAR)
    .fontSize(size)
    .fillColor(tone === 'quiet' ? QUIET : INK)
  sheet.text(fitText(sheet, text, COLUMN), PAGE.left, sheet.y, { width: COLUMN, lineGap: LEADING })
  sheet.moveDown(0.4)
}

function writeItem(sheet: Sheet, item: string): void {
  sheet.font(REGULAR).fontSize(TEXT).fillColor(INK)
  const options = { width: COLUMN - INDENT, lineGap: LEADING }
  const text = fitText(sheet, item, options.width)
  reserve(sheet, Math.min(sheet.heightOfString(text, options), PAGE.height / 3))
  sheet.circle(PAGE.left + 4, sheet.y + TEXT * 0.58, 1.4).fill(QUIET)
  sheet.fillColor(INK).text(text, PAGE.left + INDENT, sheet.y, options)
  sheet.moveDown(0.2)
}

/** Two a row: the figure below its name. */
function writeFacts(
  sheet: Sheet,
  items: readonly { readonly term: string; readonly value: string }[],
): void {
  const width = COLUMN / 2
  for (let index = 0; index < items.length; index += 2) {
    reserve(sheet, 38)
    const top = sheet.y
    items.slice(index, index + 2).forEach(({ term, value }, column) => {
      const x = PAGE.left + column * width
      const options = { width: width - 12, lineBreak: false }
      sheet.font(REGULAR).fontSize(SMALL).fillColor(QUIET)
      sheet.text(printable(sheet, term), x, top, options)
      sheet.fontSize(TEXT + 0.5).fillColor(INK)
      sheet.text(printable(sheet, value), x, top + 13, options)
    })
    sheet.x = PAGE.left
    sheet.y = top + 36
  }
}

function writeQuote(sheet: Sheet, { when, text, note }: Quote): void {
  const options = { width: COLUMN - WHEN, lineGap: LEADING - 1 }
  sheet.font(REGULAR).fontSize(TEXT)
  const said = text === null ? null : fitText(sheet, `“${text}”`, options.width)
  const height = said === null ? 0 : sheet.heightOfString(said, options)
  reserve(sheet, Math.min(height + 18, PAGE.height / 3))
  const top = sheet.y
  sheet
    .fontSize(SMALL)
    .fillColor(QUIET)
    .text(when, PAGE.left, top + 1.5, { lineBreak: false })
  sheet.x = PAGE.left + WHEN
  sheet.y = top
  if (said !== null) sheet.fontSize(TEXT).fillColor(INK).text(said, sheet.x, sheet.y, options)
  if (note !== '') {
    sheet.fontSize(SMALL).fillColor(QUIET)
    sheet.text(printable(sheet, note), PAGE.left + WHEN, sheet.y, options)
  }
  sheet.x = PAGE.left
  sheet.moveDown(0.45)
}

type Card = Extract<Block, { kind: 'card' }>['card']

function writeCard(sheet: Sheet, { message, contacts, emergency }: Card): void {
  writeText(sheet, message, 'lead')
  for (const { name, phone, hours, url } of contacts) {
    reserve(sheet, 40)
    sheet
      .font(BOLD)
      .fontSize(TEXT + 1)
      .fillColor(INK)
    sheet.text(fitText(sheet, `${name}   ${phone}`, COLUMN), PAGE.left, sheet.y, { width: COLUMN })
    sheet.font(REGULAR).fontSize(SMALL).fillColor(QUIET)
    const aside = url === undefined ? hours : `${hours} · ${url}`
    sheet.text(fitText(sheet, aside, COLUMN), { width: COLUMN, lineGap: 2 })
    sheet.moveDown(0.5)
  }
  writeText(sheet, emergency, 'plain')
}
