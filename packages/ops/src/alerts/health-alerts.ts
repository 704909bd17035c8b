import type { ProcessConfig } from '../config.js'
import type { Health } from '../health.js'
import type { Logger } from '../logger.js'
import { type AlertFormat, type AlertSource, renderAlert } from './alert-message.js'
import { type AlertPolicy, type AlertState, NOTHING_WRONG, trackCauses } from './alert-tracker.js'
import { createWebhook, type WebhookCounts } from './webhook.js'

export type AlertConfig = Pick<
  ProcessConfig,
  | 'alertWebhookUrl'
  | 'alertWebhookFormat'
  | 'alertLanguage'
  | 'alertAfterMs'
  | 'alertClearMs'
  | 'alertRemindMs'
  | 'alertReminders'
>

/** Tells a webhook when the health of this process changes for longer than a moment. */
export interface HealthAlerts {
  readonly counts: WebhookCounts
  /** Looks no more, and sends what is to be sent within `timeoutMs`. */
  close(timeoutMs: number): Promise<void>
}

export interface HealthAlertsDeps {
  readonly config: AlertConfig
  readonly health: Health
  readonly source: AlertSource
  readonly log: Logger
  /** Unix ms. */
  now(): number
}

/** How often it is looked whether something has lasted long enough. */
const LOOK_MS = 1_000

/** @returns null where no webhook is configured */
export function startHealthAlerts(deps: HealthAlertsDeps): HealthAlerts | null {
  const { config, health, source, log, now } = deps
  if (config.alertWebhookUrl === '') return null
  const webhook = createWebhook({ url: config.alertWebhookUrl, log })
  const format = alertFormatFor(config.alertWebhookFormat, config.alertWebhookUrl)
  const policy: AlertPolicy = {
    afterMs: config.alertAfterMs,
    clearMs: config.alertClearMs,
    remindMs: config.alertRemindMs,
    reminders: config.alertReminders,
  }
  let state: AlertState = NOTHING_WRONG

  const look = () => {
    const { status, causes } = health.snapshot()
    // A process that is told to stop loses what it depends on: that is no news.
    if (status === 'draining') return
    const urgent = status === 'wedged'
    const seen = trackCauses(state, causes, { at: now(), policy, urgent })
    state = seen.state
    for (const alert of seen.alerts) {
      const { event: what, code, durationMs } = alert
      log.info({ event: `alert.${what}`, cause: code, durationMs }, 'alert')
      webhook.send(renderAlert(format, alert, source, config.alertLanguage))
    }
  }
  health.onChange(look)
  const timer = setInterval(look, LOOK_MS)
  timer.unref()

  return {
    get counts() {
      return webhook.counts
    },
    async close(timeoutMs) {
      clearInterval(timer)
      await webhook.close(timeoutMs)
    },
  }
}

/** What a receiver understands, where nobody says it: Slack is known by its host. */
export function alertFormatFor(wanted: AlertFormat | 'auto', url: string): AlertFormat {
  if (wanted !== 'auto') return wanted
  return new URL(url).hostname === 'hooks.slack.com' ? 'slack' : 'json'
}
