import type { ReportLanguage, SessionReport } from '@bemore/core'
import type { Block, ReportDocument, Section } from '../document/blocks.js'
import { composeReport } from '../document/compose-report.js'
import { heightOf } from './draw-drawing.js'
import { fitText } from './fit-text.js'
import type { ReportFonts } from './fonts.js'
import { printable } from './printable.js'
import {
  BOLD,
  COLUMN,
  createSheet,
  INK,
  LINE,
  PAGE,
  QUIET,
  REGULAR,
  reserve,
  type Sheet,
  WARM,
  WARM_EDGE,
} from './sheet.js'
import { HEADING_ROOM, writeBlock } from './write-block.js'

/**
 * The same content as the page, on A4, with text that can be searched and read aloud, and charts of
 * lines. It takes a second or two of one core: do it where nobody waits for that core.
 * @param language of what is said around the report's own sentences; fold the report in the same
 */
export async function renderReportPdf(
  report: SessionReport,
  language: ReportLanguage,
  fonts: ReportFonts,
): Promise<Uint8Array> {
  const document = composeReport(report, language)
  const { title, dated } = document
  const sheet = createSheet(fonts, { title, language, dated })
  const bytes = collect(sheet)
  writeHeader(sheet, document)
  const [first, ...rest] = document.sections
  const isSupport = first?.blocks[0]?.kind === 'card'
  if (first !== undefined && isSupport) writeSupport(sheet, first)
  writeNotice(sheet, document.notice)
  if (first !== undefined && !isSupport) writeSection(sheet, first)
  for (const section of rest) writeSection(sheet, section)
  writePageNumbers(sheet, document)
  sheet.end()
  return bytes
}

function collect(sheet: Sheet): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    sheet.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    sheet.on('end', () => resolve(Buffer.concat(chunks)))
    sheet.on('error', reject)
  })
}

function writeHeader(sheet: Sheet, { title, subtitle, interim }: ReportDocument): void {
  sheet.font(BOLD).fontSize(22).fillColor(INK).text(printable(sheet, title), { width: COLUMN })
  sheet.moveDown(0.3).font(REGULAR).fontSize(10).fillColor(QUIET)
  sheet.text(printable(sheet, subtitle), { width: COLUMN })
  if (interim !== null) {
    sheet
      .moveDown(0.5)
      .fillColor(INK)
      .text(fitText(sheet, interim, COLUMN), { width: COLUMN })
  }
  sheet.moveDown(1)
}

function writeNotice(sheet: Sheet, notice: string): void {
  sheet.font(REGULAR).fontSize(10.5).fillColor(INK)
  const options = { width: COLUMN - 14, lineGap: 4 }
  const text = fitText(sheet, notice, options.width)
  const height = sheet.heightOfString(text, options)
  reserve(sheet, height + 12)
  sheet.rect(PAGE.left, sheet.y, 2.5, height).fill(WARM_EDGE)
  sheet.fillColor(INK).text(text, PAGE.left + 14, sheet.y, options)
  sheet.x = PAGE.left
  sheet.moveDown(1)
}

/** Who can be called, marked out by a band that needs no colour to be seen. */
function writeSupport(sheet: Sheet, { title, blocks }: Section): void {
  const top = sheet.y
  sheet.rect(PAGE.left - 12, top, COLUMN + 24, 30).fillAndStroke(WARM, WARM_EDGE)
  sheet
    .font(BOLD)
    .fontSize(13)
    .fillColor(INK)
    .text(printable(sheet, title), PAGE.left, top + 8)
  sheet.y = top + 42
  for (const block of blocks) writeBlock(sheet, block)
  sheet.moveDown(0.6)
}

function writeSection(sheet: Sheet, { title, blocks }: Section): void {
  reserve(sheet, roomFor(blocks))
  const { left, width, right } = PAGE
  sheet
    .moveTo(left, sheet.y)
    .lineTo(width - right, sheet.y)
    .lineWidth(0.75)
    .stroke(LINE)
  sheet.y += 14
  sheet.font(BOLD).fontSize(13.5).fillColor(INK)
  sheet.text(printable(sheet, title), left, sheet.y, { width: COLUMN })
  sheet.moveDown(0.5)
  for (const block of blocks) writeBlock(sheet, block)
  sheet.y += 12
}

/** A chart near the beginning of a section stays with its heading. */
function roomFor(blocks: readonly Block[]): number {
  const [chart] = blocks.slice(0, 2).filter((block) => block.kind === 'chart')
  return HEADING_ROOM + (chart === undefined ? 0 : heightOf(chart.drawing))
}

/** Last, when it is known how many there are. */
function writePageNumbers(sheet: Sheet, { pageOf, notice }: ReportDocument): void {
  const { start, count } = sheet.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    sheet.switchToPage(start + page)
    // Below the margin a text would begin a new page.
    sheet.page.margins.bottom = 0
    const y = PAGE.height - PAGE.bottom + 20
    sheet.font(REGULAR).fontSize(7.5).fillColor(QUIET)
    const width = COLUMN - 80
    sheet.text(fitText(sheet, notice, width), PAGE.left, y, { width, lineGap: 1.5 })
    const text = pageOf(page + 1, count)
    const x = PAGE.width - PAGE.right - sheet.widthOfString(text)
    sheet.text(text, x, y, { lineBreak: false })
  }
}
