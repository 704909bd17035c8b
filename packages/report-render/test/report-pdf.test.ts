import fc from 'fast-check'
import t from 'tap'
import { loadReportFonts, renderReportPdf } from '../src/index.js'
import { makeReport } from './made-up-session.js'
import { extractText } from './pdf-text.js'

const fonts = await loadReportFonts()
/** Lines of a PDF end where the column does. */
const inOneLine = (text: string) => text.replace(/\s+/g, ' ')

t.test('a PDF has Korean text that can be copied and searched', async (t) => {
  const report = makeReport({ language: 'ko' })
  const text = inOneLine(extractText(await renderReportPdf(report, 'ko', fonts)))
  for (const { text: said } of report.utterances) t.match(text, inOneLine(said ?? ''), said ?? '')
  t.match(text, inOneLine(report.notice))
  t.match(text, inOneLine(report.narrative.text))
  for (const { name } of report.distortions) t.match(text, name)
  for (const line of report.recommendations) t.match(text, inOneLine(line))
})

t.test('a PDF in English has English headings', async (t) => {
  const report = makeReport({ language: 'en' })
  const text = inOneLine(extractText(await renderReportPdf(report, 'en', fonts)))
  for (const heading of ['Session report', 'In short', 'Speech and pauses', 'What this rests on']) {
    t.match(text, heading)
  }
  t.match(text, /Page 1 of \d/)
  t.match(text, 'is not a diagnosis')
})

t.test('who can be called is the first thing in a flagged PDF', async (t) => {
  const report = makeReport({ language: 'ko', risk: true })
  const text = inOneLine(extractText(await renderReportPdf(report, 'ko', fonts)))
  const phone = report.risk.card?.contacts[0]?.phone ?? 'none'
  t.ok(text.includes(phone))
  t.ok(text.indexOf(phone) < text.indexOf(inOneLine(report.notice)))
  t.notMatch(text, '죽고 싶다')
})

t.test('the same report gives the same bytes', async (t) => {
  const report = makeReport({ language: 'ko' })
  const [one, other] = [
    await renderReportPdf(report, 'ko', fonts),
    await renderReportPdf(report, 'ko', fonts),
  ]
  t.ok(Buffer.from(one).equals(Buffer.from(other)))
})

t.test('a character that the fonts lack leaves a trace', async (t) => {
  const report = makeReport({
    language: 'ko',
    lines: ['기분이 😀 좋아요. 安心 했어요. \u202eabc \ud800'],
  })
  const text = extractText(await renderReportPdf(report, 'ko', fonts))
  t.match(text, '기분이 □ 좋아요. □□ 했어요. \ufffdabc \ufffd')
})

t.test('no words make a file that is long, late or none', { timeout: 120_000 }, async (t) => {
  const report = makeReport({ language: 'ko' })
  const range = (min: number, max: number) =>
    fc.array(fc.integer({ min, max }), { maxLength: 60 }).map((a) => String.fromCodePoint(...a))
  const odd = fc.oneof(
    ...[
      range(0x1100, 0x11ff),
      range(0x0590, 0x0fff),
      fc.string({ unit: 'binary', maxLength: 300 }),
    ],
    fc.constantFrom('가'.repeat(5_000), 'x'.repeat(5_000), '\n'.repeat(5_000)),
  )
  const words = fc.array(odd, { minLength: 8, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(words, async (said) => {
      const utterances = report.utterances.map((one, index) => ({
        ...one,
        text: said[index] ?? '',
      }))
      const [first = ''] = said
      const pdf = await renderReportPdf({ ...report, utterances, degraded: [first] }, 'ko', fonts)
      t.ok(pdf.length < 500_000)
    }),
    { numRuns: 8, seed: 20_260_914 },
  )
})

t.test('empty lines are no reason for more pages', async (t) => {
  const report = makeReport({ language: 'en', lines: Array(50).fill(`one${'\n'.repeat(900)}two`) })
  const text = extractText(await renderReportPdf(report, 'en', fonts))
  t.match(text, /Page 1 of [1-6]\b/)
  t.match(text, 'one two')
})

t.test('a session of six hours makes a file of a bounded size', { timeout: 60_000 }, async (t) => {
  const lines = Array.from({ length: 2_000 }, (_, i) => `${i}번째 이야기예요. `.repeat(20))
  const report = makeReport({ language: 'ko', windows: 2_160, lines })
  const pdf = await renderReportPdf(report, 'ko', fonts)
  t.ok(pdf.length < 1_000_000, `${pdf.length} bytes`)
  t.match(extractText(pdf), '그 밖의 말 1,800개는 CSV에 있습니다.')
})

t.test('a session in which nothing was seen, heard or said is one calm page or two', async (t) => {
  const report = makeReport({
    language: 'en',
    windows: 3,
    lines: [],
    face: false,
    voice: false,
    pause: false,
  })
  const text = inOneLine(extractText(await renderReportPdf(report, 'en', fonts)))
  t.match(text, 'Nothing could be measured over time')
  t.match(text, 'No voice was heard')
  t.match(text, /Page 1 of [12]/)
})
