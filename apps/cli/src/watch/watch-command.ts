import { join } from 'node:path'
import { alertFormatFor, readSettings, SETTINGS } from '@bemore/ops'
import { type Command, readInteger, readPositional, UsageError } from '../command.js'
import { chooseLanguage } from '../doctor/language.js'
import { parseTarget } from '../doctor/target.js'
import type { Terminal } from '../terminal.js'
import { createWatchHistory } from './history.js'
import { watch } from './watch.js'

const DEFAULT_INTERVAL_S = 30
const DEFAULT_TIMEOUT_S = 5

export const watchCommand: Command = {
  help: `Usage: bemore watch <url> [--webhook URL] [--interval N] [--once] [--after N] [--timeout N]
                   [--format slack|json|auto] [--history FILE] [--lang en|ko] [--json]

Looks at a BeMore from outside, as a user's network sees it, and posts what is wrong to a webhook:
once when a problem lasts, now and then while it stays, and once when it is over.

  --webhook URL   where alerts are posted (ALERT_WEBHOOK_URL, which no process list shows)
  --interval N    seconds between looks (${DEFAULT_INTERVAL_S})
  --once          one look, for cron: what was told is kept in the history, so runs do not repeat it
  --after N       seconds a problem, and its end, must last to be told (the interval; 0 with --once)
  --timeout N     longest wait for one exchange, s (${DEFAULT_TIMEOUT_S})
  --format        what the webhook understands; auto: slack for hooks.slack.com, else json (auto)
  --history FILE  what happened, in JSON lines (.bemore/watch-<host>-<port>.jsonl); kept below 2 MB
  --lang en|ko    the language of alerts (the locale's)
  --json          a line of JSON for each look

Reminders come after ALERT_REMIND_MS, ALERT_REMINDERS of them at most.

Exit codes: 0 nothing is wrong, 10 to 59 by the first cause (docs/operations.md), 64 usage`,

  async run(args, terminal) {
    const { positional: url, values } = readPositional(args, {
      webhook: { type: 'string' },
      interval: { type: 'string' },
      once: { type: 'boolean' },
      after: { type: 'string' },
      timeout: { type: 'string' },
      format: { type: 'string' },
      history: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    if (url === undefined) throw new UsageError('which URL?')
    const { host, port } = parseTarget(url)
    const { alertRemindMs, alertReminders } = SETTINGS
    const settings = readSettings({ alertRemindMs, alertReminders }, terminal.env)
    const seconds = (name: 'interval' | 'after' | 'timeout', fallback: number, max = 86_400) =>
      readInteger(name, values[name], { fallback, min: name === 'after' ? 0 : 1, max })
    const once = values.once === true
    const interval = seconds('interval', DEFAULT_INTERVAL_S)
    const lastingMs = seconds('after', once ? 0 : interval) * 1000
    const fileName = `watch-${host.replace(/[^\w.-]/g, '_')}-${port}.jsonl`
    return watch(
      {
        ...{ url, once, json: values.json === true },
        policy: {
          ...{ afterMs: lastingMs, clearMs: lastingMs },
          ...{ remindMs: settings.alertRemindMs, reminders: settings.alertReminders },
        },
        language: chooseLanguage(values.lang, terminal.env),
        webhook: readWebhook(values, terminal),
        stepMs: seconds('timeout', DEFAULT_TIMEOUT_S, 60) * 1000,
        history: createWatchHistory(values.history ?? join(terminal.cwd, '.bemore', fileName)),
        intervalMs: interval * 1000,
      },
      terminal,
    )
  },
}

function readWebhook(
  asked: { readonly webhook?: string; readonly format?: string },
  { env }: Terminal,
) {
  const { alertWebhookUrl, alertWebhookFormat } = SETTINGS
  const set = readSettings({ alertWebhookUrl, alertWebhookFormat }, env)
  const url = parseOption('webhook', alertWebhookUrl, asked.webhook) ?? set.alertWebhookUrl
  const format = parseOption('format', alertWebhookFormat, asked.format) ?? set.alertWebhookFormat
  return url === '' ? null : { url, format: alertFormatFor(format, url) }
}

/** What is wrong is said without the value, which may be a secret. @throws UsageError */
function parseOption<Value>(
  name: string,
  setting: { readonly expected: string; parse(text: string): Value },
  text: string | undefined,
): Value | undefined {
  if (text === undefined) return undefined
  try {
    return setting.parse(text)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--${name} takes ${setting.expected}: ${problem}`)
  }
}
