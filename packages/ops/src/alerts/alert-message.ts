import type { Language } from '@bemore/protocol'
import { CAUSES } from '../causes/causes.js'
import type { Alert } from './alert-tracker.js'
import { describeDuration } from './duration-words.js'

/** Whose trouble it is. */
export interface AlertSource {
  /** `api`, `realtime`, or `watch` for a look from outside. */
  readonly process: string
  /** Tells this run of it from its siblings; '' where there are none. */
  readonly instance: string
  /** Where it is to be found; '' where that is not known. */
  readonly url: string
  readonly version: string
}

export const ALERT_FORMATS = ['slack', 'json'] as const
export type AlertFormat = (typeof ALERT_FORMATS)[number]

/** The body of a webhook request, JSON text. */
export function renderAlert(
  format: AlertFormat,
  alert: Alert,
  source: AlertSource,
  language: Language,
): string {
  const message =
    format === 'slack'
      ? slackMessage(alert, source, language)
      : jsonMessage(alert, source, language)
  return JSON.stringify(message)
}

function jsonMessage(alert: Alert, source: AlertSource, language: Language) {
  const { event, code, detail, since, at, durationMs } = alert
  const { what, remedy } = CAUSES[code]
  return {
    event,
    cause: code,
    what: what[language],
    remedy: remedy[language],
    detail,
    since: new Date(since).toISOString(),
    at: new Date(at).toISOString(),
    durationMs,
    ...source,
  }
}

const WORDS = {
  problem: { en: 'Problem', ko: '문제 발생' },
  reminder: { en: 'Still failing', ko: '문제 지속' },
  recovered: { en: 'Recovered', ko: '복구됨' },
} as const
const LASTED = { en: 'for', ko: '지속 시간' } as const
const REMEDY = { en: 'What to do', ko: '조치' } as const
const COLOURS = { problem: '#d50200', reminder: '#de9e31', recovered: '#2fa44f' } as const

/**
 * Slack's incoming webhook, as Mattermost and others read it too. `text` says it all: the attachment,
 * which not all of them show, only adds the colour and who says so.
 */
function slackMessage(alert: Alert, { process, url, version }: AlertSource, language: Language) {
  const { event, code, detail, durationMs } = alert
  const { what, remedy } = CAUSES[code]
  const where = [process, url].filter((part) => part !== '').join(' ')
  const lines = [
    `*${WORDS[event][language]}: ${code}* (${escapeMarkup(where)})`,
    what[language],
    `${LASTED[language]} ${describeDuration(durationMs, language)}`,
  ]
  if (event !== 'recovered') lines.push(`${REMEDY[language]}: ${escapeMarkup(remedy[language])}`)
  const footer = `BeMore ${version}`
  return {
    text: lines.join('\n'),
    attachments: [{ color: COLOURS[event], fallback: code, text: escapeMarkup(detail), footer }],
  }
}

/** What Slack asks for: `<…>` would be a link or a mention. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
