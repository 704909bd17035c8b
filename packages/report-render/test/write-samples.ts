/**
 * Writes sample reports to look at: `node packages/report-render/dist/test/write-samples.js <folder>`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadReportFonts, renderReportHtml, renderReportPdf } from '../src/index.js'
import { type MadeUp, makeReport } from './made-up-session.js'

const folder = process.argv[2] ?? 'report-samples'
mkdirSync(folder, { recursive: true })
const fonts = await loadReportFonts()

const SAMPLES: Readonly<Record<string, MadeUp>> = {
  'rich-ko': { language: 'ko' },
  'rich-en': { language: 'en' },
  'risk-ko': { language: 'ko', risk: true },
  'risk-en': { language: 'en', risk: true },
  'empty-ko': { language: 'ko', windows: 6, lines: [], face: false, voice: false, pause: false },
  'live-en': { language: 'en', windows: 12, ended: false, lines: [] },
  'long-ko': {
    language: 'ko',
    windows: 2_160,
    lines: Array.from(
      { length: 2_000 },
      (_, i) => `오늘 있었던 일을 하나씩 이야기해 볼게요. ${i + 1}번째 이야기예요.`,
    ),
  },
}

for (const [name, of] of Object.entries(SAMPLES)) {
  const report = makeReport(of)
  const began = performance.now()
  const html = renderReportHtml(report, report.language)
  const between = performance.now()
  const pdf = await renderReportPdf(report, report.language, fonts)
  const ms = (from: number, to: number) => `${Math.round(to - from)} ms`
  writeFileSync(join(folder, `${name}.html`), html)
  writeFileSync(join(folder, `${name}.pdf`), pdf)
  console.log(
    `${name}: page ${html.length} characters in ${ms(began, between)}, PDF ${pdf.length} bytes in ${ms(between, performance.now())}`,
  )
}
