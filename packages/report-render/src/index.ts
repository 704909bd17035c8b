export { renderReportHtml } from './html/render-html.js'
export { REPORT_POLICY } from './html/style.js'
export { loadReportFonts, type ReportFonts } from './pdf/fonts.js'
export { renderReportPdf } from './pdf/render-pdf.js'
