import PDFDocument from 'pdfkit'
import type { ReportFonts } from './fonts.js'

/** Where a PDF is being written: the document, and the fonts as they are called in it. */
export type Sheet = PDFKit.PDFDocument

export const REGULAR = 'regular'
export const BOLD = 'bold'

/** A4 in points. */
export const PAGE = {
  left: 54,
  right: 54,
  top: 56,
  bottom: 64,
  width: 595.28,
  height: 841.89,
} as const
export const COLUMN = PAGE.width - PAGE.left - PAGE.right

export const INK = '#22262a'
export const QUIET = '#5f666d'
export const LINE = '#dcd9d0'
export const WARM = '#f6f1e6'
export const WARM_EDGE = '#c9b68c'

export function createSheet(
  fonts: ReportFonts,
  info: { readonly title: string; readonly language: string; readonly dated: number },
): Sheet {
  const sheet = new PDFDocument({
    size: 'A4',
    margins: PAGE,
    bufferPages: true,
    lang: info.language,
    displayTitle: true,
    font: fonts.regular as unknown as string,
    // The date is the report's, so that the same report gives the same bytes.
    info: { Title: info.title, Creator: 'BeMore', CreationDate: new Date(info.dated) },
  })
  sheet.registerFont(REGULAR, fonts.regular as unknown as string)
  sheet.registerFont(BOLD, fonts.bold as unknown as string)
  return sheet.font(REGULAR)
}

/** Begins a new page where less than so much is left of this one. */
export function reserve(sheet: Sheet, height: number): void {
  if (sheet.y + height > PAGE.height - PAGE.bottom) sheet.addPage()
}
