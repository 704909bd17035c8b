import { type Command, readInteger, readPositional, UsageError } from '../command.js'
import { describeDiagnosis, exitCodeOf } from '../doctor/diagnosis-json.js'
import { DEFAULT_STEP_MS } from '../doctor/examine.js'
import { chooseLanguage } from '../doctor/language.js'
import { renderVerdict } from '../doctor/render-diagnosis.js'
import { isTicked, renderChecklist } from './render-smoke.js'
import { smoke } from './smoke.js'
import { planSmoke } from './smoke-plan.js'

const DEFAULT_SECONDS = DEFAULT_STEP_MS / 1000

export const smokeCommand: Command = {
  help: `Usage: bemore smoke <url> [--origin URL] [--keep] [--timeout N] [--lang en|ko] [--json]

Walks through a session as a user has it, and ticks the checklist of the incident's last phase:
health, API, WebSockets, whole flow. For after a deploy, and for acceptance. The session it makes is
erased again.

  --origin URL   of the web client's page: whether a browser would let it call the API
  --keep         leave the session where it is
  --timeout N    longest wait for one exchange, s (${DEFAULT_SECONDS})
  --lang en|ko   the language of the list (the locale's)
  --json         the result as JSON

Exit codes: 0 all is ticked, 10 to 59 by the first cause (docs/operations.md), 64 usage`,

  async run(args, terminal) {
    const { positional: url, values } = readPositional(args, {
      origin: { type: 'string' },
      keep: { type: 'boolean' },
      timeout: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    if (url === undefined) throw new UsageError('which URL?')
    const language = chooseLanguage(values.lang, terminal.env)
    const bounds = { fallback: DEFAULT_SECONDS, min: 1, max: 60 }
    const stepMs = readInteger('timeout', values.timeout, bounds) * 1000
    const { origin } = values
    const keepSession = values.keep === true
    const items = planSmoke({ keepSession, ...(origin !== undefined && { origin }) })
    const result = await smoke(url, items, { stepMs, keepSession })
    if (values.json) {
      const checklist = items.map((item) => ({
        title: item.title[language],
        done: isTicked(item, result.steps),
      }))
      terminal.say(JSON.stringify({ ...describeDiagnosis(result, language), checklist }, null, 2))
    } else {
      terminal.say(renderChecklist(items, result.steps, language, terminal.paint))
      terminal.say(`\n${renderVerdict(result, language, terminal.paint)}`)
    }
    return exitCodeOf(result)
  },
}
