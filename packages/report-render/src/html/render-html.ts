import type { ReportLanguage, SessionReport } from '@bemore/core'
import type { Section } from '../document/blocks.js'
import { composeReport } from '../document/compose-report.js'
import { escapeHtml } from './escape.js'
import { renderBlock } from './render-block.js'
import { REPORT_POLICY, REPORT_STYLE } from './style.js'

/**
 * The report as one document that needs nothing else: no script, no request, and a policy of its own
 * that goes with it wherever it is saved.
 * @param language of what is said around the report's own sentences; fold the report in the same
 */
export function renderReportHtml(report: SessionReport, language: ReportLanguage): string {
  const { title, subtitle, notice, interim, asTable, sections } = composeReport(report, language)
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(`${title} · ${subtitle}`)}</title><style>${REPORT_STYLE}</style></head><body><main>`,
    `<header><h1>${escapeHtml(title)}</h1><p class="subtitle">${escapeHtml(subtitle)}</p>`,
    interim === null ? '' : `<p class="lead">${escapeHtml(interim)}</p>`,
    '</header>',
    ...sections.flatMap((section, index) => {
      const markup = renderSection(section, index, asTable)
      const noticed = `<p class="notice" role="note">${escapeHtml(notice)}</p>`
      // Who can be called goes before everything; else this is the first thing that is said.
      if (index > 0) return [markup]
      return isSupport(section) ? [markup, noticed] : [noticed, markup]
    }),
    `<footer><p>${escapeHtml(notice)}</p></footer></main></body></html>`,
  ].join('\n')
}

const isSupport = ({ blocks }: Section) => blocks[0]?.kind === 'card'

function renderSection(section: Section, index: number, asTable: string): string {
  const heading = `s${index}`
  const blocks = section.blocks.map((block, at) => renderBlock(block, `c${index}-${at}`, asTable))
  const tone = isSupport(section) ? ' class="support"' : ''
  return `<section${tone} aria-labelledby="${heading}"><h2 id="${heading}">${escapeHtml(section.title)}</h2>${blocks.join('')}</section>`
}
