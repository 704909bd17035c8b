import t from 'tap'
import { OUTSIDE_STEPS } from '../src/doctor/diagnose.js'
import type { Diagnosis } from '../src/doctor/diagnosis.js'
import { describeDiagnosis, exitCodeOf } from '../src/doctor/diagnosis-json.js'
import { displayWidth, padColumns } from '../src/doctor/display-width.js'
import { HOST_STEPS } from '../src/doctor/inside/diagnose-host.js'
import { chooseLanguage } from '../src/doctor/language.js'
import { localized, verbatim } from '../src/doctor/localized.js'
import { renderStep, renderVerdict, titleColumnsOf } from '../src/doctor/render-diagnosis.js'
import { createPalette } from '../src/palette.js'

const paint = createPalette(false)

const DIAGNOSIS: Diagnosis = {
  target: 'http://localhost:8000',
  startedAt: Date.UTC(2026, 0, 1),
  durationMs: 12,
  steps: [],
  verdict: {
    code: 'DATABASE_UNREACHABLE',
    detail: verbatim('api: ECONNREFUSED'),
    since: Date.UTC(2026, 0, 2),
    source: 'api',
  },
  also: [{ code: 'BUS_LOST', detail: verbatim('api'), since: null, source: 'api' }],
  server: null,
}

t.test('width is counted in columns', async (t) => {
  t.equal(displayWidth('Database'), 8)
  t.equal(displayWidth('데이터베이스'), 12)
  t.equal(displayWidth('LISTEN 왕복'), 11)
  t.equal(displayWidth('한'.normalize('NFD')), 2, 'conjoining jamo take the place of one syllable')
  t.equal(displayWidth('é'.normalize('NFD')), 1)
  t.equal(padColumns('왕복', 6), '왕복  ')
  t.equal(padColumns('longer', 3), 'longer')
})

for (const language of ['en', 'ko'] as const) {
  t.test(`the columns of a table stand below each other (${language})`, async (t) => {
    const steps = [...OUTSIDE_STEPS, ...HOST_STEPS]
    const titleColumns = titleColumnsOf(
      steps.map(({ title }) => title),
      language,
    )
    const starts = new Set<number>()
    for (const [at, { id, title }] of steps.entries()) {
      const status = (['pass', 'warn', 'fail', 'skipped'] as const)[at % 4] ?? 'pass'
      const durationMs = status === 'skipped' ? null : 7 * at
      const row = renderStep(
        { id, title, status, durationMs, detail: localized('#', '#'), code: null },
        { language, paint, titleColumns },
      )
      starts.add(displayWidth(row.slice(0, row.indexOf('#'))))
    }
    t.equal(starts.size, 1)
  })
}

t.test(
  'the verdict is told in both languages, with the remedy and what else is true',
  async (t) => {
    const english = renderVerdict(DIAGNOSIS, 'en', paint)
    t.match(english, /Cause +DATABASE_UNREACHABLE: The database cannot be reached\./)
    t.match(english, /Seen +api: ECONNREFUSED, since 2026-01-02T00:00:00\.000Z/)
    t.match(english, /Remedy +Is PostgreSQL up/)
    t.match(english, /BUS_LOST: The LISTEN connection/)
    const korean = renderVerdict(DIAGNOSIS, 'ko', paint)
    t.match(korean, /원인 +DATABASE_UNREACHABLE: 데이터베이스에 연결할 수 없습니다\./)
    t.match(korean, /조치 +PostgreSQL이 실행 중인지/)
    t.equal(renderVerdict({ verdict: null, also: [] }, 'en', paint), 'Healthy: all of it works.')
  },
)

t.test('machines get the code of the cause as exit code, and ISO times', async (t) => {
  t.equal(exitCodeOf(DIAGNOSIS), 20)
  t.equal(exitCodeOf({ verdict: null }), 0)
  t.match(describeDiagnosis(DIAGNOSIS, 'ko'), {
    healthy: false,
    exitCode: 20,
    verdict: { code: 'DATABASE_UNREACHABLE', since: '2026-01-02T00:00:00.000Z' },
    also: [{ code: 'BUS_LOST', since: null }],
  })
})

t.test('the language is what was asked for, else of the locale', async (t) => {
  t.equal(chooseLanguage('en', { LANG: 'ko_KR.UTF-8' }), 'en')
  t.equal(chooseLanguage(undefined, { LANG: 'ko_KR.UTF-8' }), 'ko')
  t.equal(chooseLanguage(undefined, { LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }), 'en')
  t.equal(chooseLanguage(undefined, { LANG: 'kok_IN' }), 'en')
  t.equal(chooseLanguage(undefined, {}), 'en')
  t.throws(() => chooseLanguage('fr', {}), /--lang takes en or ko/)
})
