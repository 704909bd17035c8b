import type { Language } from '@bemore/protocol'
import type { StepResult } from '../doctor/diagnosis.js'
import { padColumns } from '../doctor/display-width.js'
import { titleColumnsOf } from '../doctor/render-diagnosis.js'
import type { Palette } from '../palette.js'
import type { SmokeItem } from './smoke-plan.js'

const HEADING = {
  en: 'Final verification (Phase 3 of the incident of 2025-10-24)',
  ko: '최종 검증 (2025-10-24 장애 복구 절차 Phase 3)',
} as const

/** An item is ticked when all of its steps are. */
export function isTicked(item: SmokeItem, results: readonly StepResult[]): boolean {
  return item.steps.every(({ id }) => results.some((each) => each.id === id && isDone(each)))
}

const isDone = ({ status }: StepResult) => status === 'pass' || status === 'warn'

/** The incident's checklist, ticked as far as it goes. */
export function renderChecklist(
  items: readonly SmokeItem[],
  results: readonly StepResult[],
  language: Language,
  paint: Palette,
): string {
  const tick = (done: boolean) => (done ? paint.green('[x]') : paint.red('[ ]'))
  const columns = titleColumnsOf(
    items.flatMap(({ steps }) => steps.map(({ title }) => title)),
    language,
  )
  const renderStep = (step: StepResult) => {
    const duration = step.durationMs === null ? '' : `${step.durationMs} ms`
    const cells = [
      padColumns(step.title[language], columns),
      duration.padStart(8),
      step.detail[language],
    ]
    return `      ${tick(isDone(step))} ${cells.join('  ')}`.trimEnd()
  }
  const lines = items.flatMap((item, at) => [
    `  ${tick(isTicked(item, results))} ${at + 1}. ${paint.bold(item.title[language])}`,
    ...results.filter(({ id }) => item.steps.some((step) => step.id === id)).map(renderStep),
  ])
  return [HEADING[language], ...lines].join('\n')
}
