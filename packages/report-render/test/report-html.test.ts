import { createHash } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { REPORT_POLICY, renderReportHtml } from '../src/index.js'
import { makeReport } from './made-up-session.js'

fc.configureGlobal({ seed: 20_260_914 })

/** Every tag, as a parser of HTML sees them where all else is escaped. */
const tagsOf = (page: string) => page.match(/<[^>]*>/g) ?? []

const rich = makeReport({ language: 'en' })

/** Every string that may come from outside is the hostile one. */
function poison(text: string) {
  return {
    ...rich,
    notice: text,
    narrative: { ...rich.narrative, text },
    keyObservations: [text],
    recommendations: [text],
    degraded: [text],
    dataQuality: { ...rich.dataQuality, flags: [text] },
    utterances: rich.utterances.map((utterance) => ({ ...utterance, text })),
    distortions: rich.distortions.map((tally) => ({
      ...tally,
      name: text,
      evidence: [{ t: 0, text }],
    })),
    interventions: rich.interventions.map((offer) => ({ ...offer, questions: [text] })),
    risk: {
      ...{ flagged: true, count: 1, times: [1] },
      card: {
        message: text,
        contacts: [{ name: text, phone: text, hours: text, url: text }],
        emergency: text,
      },
    },
  }
}

t.test('no input becomes markup', async (t) => {
  const expected = tagsOf(renderReportHtml(poison('harmless'), 'en'))
  const fragment = fc.constantFrom(
    ...[
      '<script>alert(1)</script>',
      '"><img src=x onerror=a()>',
      "' onload='a",
      '</style>',
      '<!--',
      '-->',
    ],
    ...[
      '&lt;b&gt;',
      '&#60;',
      ']]>',
      '\u0000',
      '\u202e',
      'javascript:a()',
      '</svg></title>',
      '{{x}}',
      '`',
    ],
  )
  const hostile = fc
    .array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 6 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(hostile, (text) => {
      const page = renderReportHtml(poison(text), 'en')
      t.strictSame(tagsOf(page), expected, JSON.stringify(text))
    }),
    { numRuns: 200 },
  )
})

t.test('a number or an address that is none is not made a link', async (t) => {
  const page = renderReportHtml(poison('javascript:alert(1)'), 'en')
  t.notMatch(page, /href="javascript/)
  const flagged = renderReportHtml(makeReport({ language: 'ko', risk: true }), 'ko')
  t.match(flagged, /href="tel:109"/)
})

t.test(
  'the page needs nothing from anywhere, and its policy lets its own style through',
  async (t) => {
    for (const language of ['en', 'ko'] as const) {
      const page = renderReportHtml(makeReport({ language }), language)
      t.notMatch(page, /<script|<link|<img|<iframe|@import|url\(|\son\w+=|\sstyle=/)
      const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
      t.match(REPORT_POLICY, `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
      t.match(page, `<html lang="${language}">`)
    }
  },
)

t.test(
  'who can be called comes first, and what was said at that moment is not there',
  async (t) => {
    const report = makeReport({ language: 'ko', risk: true })
    const page = renderReportHtml(report, 'ko')
    const [section] = page.match(/<section[\s\S]*?<\/section>/) ?? ['']
    for (const { phone } of report.risk.card?.contacts ?? []) t.match(section, phone)
    t.match(section, 'class="support"')
    t.notMatch(page, '죽고 싶다')
    t.match(page, '이 말은 남겨 두지 않았습니다.')
    t.notMatch(renderReportHtml(makeReport({ language: 'ko' }), 'ko'), 'class="support"')
  },
)

t.test('that it is not a diagnosis is said before anything else', async (t) => {
  const page = renderReportHtml(rich, 'en')
  t.ok(page.indexOf('is not a diagnosis') < page.indexOf('<section'))
})

t.test('what is not known is said to be unknown, never given a figure', async (t) => {
  const none = { language: 'en', lines: [], face: false, voice: false, pause: false } as const
  const page = renderReportHtml(makeReport({ ...none, windows: 3 }), 'en')
  for (const sentence of [
    'Nothing could be measured over time in this session.',
    'Too little could be read to say which emotion stood out.',
    'No voice was heard, so nothing is said about speech.',
    'No usable face was seen.',
    'There are no earlier sessions to hold this one beside.',
  ]) {
    t.match(page, sentence)
  }
  t.notMatch(page, /NaN|undefined|null|Infinity/)
})

t.test('what was done in a simpler way is told', async (t) => {
  t.match(
    renderReportHtml({ ...rich, degraded: ['chat:gemini_timeout'] }, 'en'),
    'chat:gemini_timeout',
  )
})

t.test('a running session says that more will follow', async (t) => {
  const report = makeReport({ language: 'en', windows: 4, lines: [], pause: false, ended: false })
  t.match(renderReportHtml(report, 'en'), 'The session has not ended yet.')
})

t.test('every chart has a title, a description and a table of the same', async (t) => {
  const page = renderReportHtml(rich, 'en')
  const charts = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? []
  t.equal(charts.length, 5)
  for (const chart of charts) t.match(chart, /<title id=.*<desc id=.*<details>.*<table>/s)
})

t.test('a session of six hours makes a page of a bounded size', async (t) => {
  const lines = Array.from({ length: 2_000 }, (_, i) => `This is story number ${i}.`)
  const page = renderReportHtml(makeReport({ language: 'en', windows: 2_160, lines }), 'en')
  t.ok(page.length < 400_000, `${page.length} characters`)
  t.match(page, '… and 1,800 more utterances in the CSV.')
})
