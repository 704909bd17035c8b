import { integer, MINUTE, oneOf, string, url } from './setting.js'

/** Of what a process tells about itself; part of `PROCESS_SETTINGS`. */
export const OBSERVABILITY_SETTINGS = {
  publicUrl: url(
    'PUBLIC_URL',
    'Where people find this process; named in its alerts',
    ['https', 'http'],
    { fallback: '', alias: 'RENDER_EXTERNAL_URL' },
  ),
  alertWebhookUrl: url(
    'ALERT_WEBHOOK_URL',
    'Where problems and recoveries are posted; empty: nowhere',
    ['https', 'http'],
    { fallback: '', secret: true, verbatim: true },
  ),
  alertWebhookFormat: oneOf(
    'ALERT_WEBHOOK_FORMAT',
    'What the receiver understands; auto: slack for hooks.slack.com, else json',
    ['auto', 'slack', 'json'],
    { fallback: 'auto' },
  ),
  alertLanguage: oneOf('ALERT_LANGUAGE', 'Of alerts', ['en', 'ko'], { fallback: 'en' }),
  alertAfterMs: integer('ALERT_AFTER_MS', 'How long a problem lasts before it alerts, ms', {
    fallback: 10_000,
    min: 0,
    max: 60 * MINUTE,
  }),
  alertClearMs: integer('ALERT_CLEAR_MS', 'How long it is gone before that is told, ms', {
    fallback: 10_000,
    min: 0,
    max: 60 * MINUTE,
  }),
  alertRemindMs: integer('ALERT_REMIND_MS', 'Between reminders of a problem that stays, ms', {
    fallback: 30 * MINUTE,
    min: 1,
    max: 24 * 60 * MINUTE,
  }),
  alertReminders: integer('ALERT_REMINDERS', 'Reminders of one problem at most', {
    fallback: 10,
    min: 0,
    max: 1_000,
  }),
  metricsToken: string('METRICS_TOKEN', 'Bearer token of /metrics; empty: see METRICS_PUBLIC', {
    fallback: '',
    secret: true,
  }),
  metricsPublic: oneOf(
    'METRICS_PUBLIC',
    'Whether /metrics answers in production without a METRICS_TOKEN',
    ['yes', 'no'],
    { fallback: 'no' },
  ),
}
