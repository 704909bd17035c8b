import { CAUSES, describeDuration } from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import { exitCodeOf } from '../doctor/diagnosis-json.js'
import type { Palette } from '../palette.js'
import type { Look, ToldAlert } from './look.js'

const HEALTHY = { en: 'nothing is wrong', ko: '이상 없음' } as const
const EVENTS = {
  problem: { en: 'alert', ko: '알림' },
  reminder: { en: 'still', ko: '지속' },
  recovered: { en: 'recovered', ko: '복구됨' },
} as const
const UNDELIVERED = { en: 'not delivered', ko: '전송 실패' } as const

/** What a look saw, in one line for people. */
export function renderLook({ diagnosis, at }: Look, language: Language, paint: Palette): string {
  const { verdict } = diagnosis
  const time = paint.dim(new Date(at).toISOString())
  if (verdict === null) return `${time}  ${paint.green(HEALTHY[language])}`
  const { code, detail } = verdict
  return `${time}  ${paint.red(code)}  ${CAUSES[code].what[language]} (${detail[language]})`
}

export function renderTold(alert: ToldAlert, language: Language, paint: Palette): string {
  const { event, code, durationMs, undelivered } = alert
  const lasted = describeDuration(durationMs, language)
  const text = `  ${EVENTS[event][language]}: ${code}, ${lasted}`
  return undelivered === null
    ? text
    : `${text}  ${paint.yellow(`${UNDELIVERED[language]}: ${undelivered}`)}`
}

/** The same for machines. */
export function describeLook(look: Look, language: Language) {
  const { diagnosis, at, alerts } = look
  const { target, verdict } = diagnosis
  return {
    target,
    at: new Date(at).toISOString(),
    healthy: verdict === null,
    cause: verdict?.code ?? null,
    detail: verdict?.detail[language] ?? '',
    exitCode: exitCodeOf(diagnosis),
    alerts: alerts.map(({ event, code, durationMs, undelivered }) => {
      return { event, cause: code, durationMs, delivered: undelivered === null }
    }),
  }
}
