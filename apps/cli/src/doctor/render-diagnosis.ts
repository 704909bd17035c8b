import { CAUSES } from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import type { Palette } from '../palette.js'
import type { Diagnosis, FoundCause, StepResult, StepStatus } from './diagnosis.js'
import { displayWidth, padColumns } from './display-width.js'
import type { Localized } from './localized.js'

const MARKS: Readonly<Record<StepStatus, string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  skipped: '·',
}
const STATUS_WORDS: Readonly<Record<StepStatus, Localized>> = {
  pass: { en: 'pass', ko: '정상' },
  warn: { en: 'warning', ko: '주의' },
  fail: { en: 'FAIL', ko: '실패' },
  skipped: { en: 'skipped', ko: '생략' },
}
const WORDS = {
  healthy: { en: 'Healthy: all of it works.', ko: '정상: 모두 동작합니다.' },
  cause: { en: 'Cause', ko: '원인' },
  remedy: { en: 'Remedy', ko: '조치' },
  seen: { en: 'Seen', ko: '관찰' },
  since: { en: 'since', ko: '발생 시각' },
  also: {
    en: 'Also true:',
    ko: '함께 나타난 문제:',
  },
} as const

export interface RowStyle {
  readonly language: Language
  readonly paint: Palette
  /** Columns of the widest title, so that rows can be shown as they come. */
  readonly titleColumns: number
}

export function titleColumnsOf(titles: readonly Localized[], language: Language): number {
  return Math.max(...titles.map((title) => displayWidth(title[language])))
}

/** A row of the table: mark, status, step, duration, what was seen. */
export function renderStep(step: StepResult, { language, paint, titleColumns }: RowStyle): string {
  const colour = { pass: paint.green, warn: paint.yellow, fail: paint.red, skipped: paint.dim }
  const statusColumns = titleColumnsOf(Object.values(STATUS_WORDS), language)
  const status = padColumns(STATUS_WORDS[step.status][language], statusColumns)
  const duration = step.durationMs === null ? '' : `${step.durationMs} ms`
  const cells = [
    colour[step.status](`${MARKS[step.status]} ${status}`),
    padColumns(step.title[language], titleColumns),
    duration.padStart(8),
    step.detail[language],
  ]
  return `  ${cells.join('  ')}`.trimEnd()
}

/** The verdict in words: the cause, what it means, what to do, and what else is true. */
export function renderVerdict(
  { verdict, also }: Pick<Diagnosis, 'verdict' | 'also'>,
  language: Language,
  paint: Palette,
): string {
  const others = renderOthers(also, language)
  if (verdict === null) return [paint.green(WORDS.healthy[language]), ...others].join('\n')
  const { what, remedy } = CAUSES[verdict.code]
  const columns = titleColumnsOf([WORDS.cause, WORDS.remedy, WORDS.seen], language)
  const line = (title: Localized, text: string) =>
    `${padColumns(title[language], columns)}  ${text}`
  const lines = [
    line(WORDS.cause, `${paint.bold(paint.red(verdict.code))}: ${what[language]}`),
    line(WORDS.seen, describeFound(verdict, language)),
    line(WORDS.remedy, remedy[language]),
  ]
  return [...lines, ...others].join('\n')
}

function renderOthers(also: readonly FoundCause[], language: Language): string[] {
  if (also.length === 0) return []
  const rows = also.map((each) => {
    const { what } = CAUSES[each.code]
    return `  ${each.code}: ${what[language]} (${describeFound(each, language)})`
  })
  return ['', WORDS.also[language], ...rows]
}

function describeFound({ detail, since, source }: FoundCause, language: Language): string {
  const parts = [detail[language] || source]
  if (since !== null) parts.push(`${WORDS.since[language]} ${new Date(since).toISOString()}`)
  return parts.join(', ')
}
