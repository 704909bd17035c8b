import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** Bytes of two TrueType fonts with the 11,172 syllables of Hangul. */
export interface ReportFonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

/**
 * Reads Gothic A1 (SIL Open Font License 1.1) from its package: 2.3 MB a weight, of which a PDF gets
 * only the characters it uses. The one place where this package touches a disk.
 */
export async function loadReportFonts(): Promise<ReportFonts> {
  const { resolve } = createRequire(import.meta.url)
  const read = (name: string) => readFile(resolve(`@expo-google-fonts/gothic-a1/${name}`))
  const [regular, bold] = await Promise.all([
    read('400Regular/GothicA1_400Regular.ttf'),
    read('600SemiBold/GothicA1_600SemiBold.ttf'),
  ])
  return { regular, bold }
}
