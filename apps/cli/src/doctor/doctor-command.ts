import { join } from 'node:path'
import { type Command, readInteger, readPositional, UsageError } from '../command.js'
import type { Terminal } from '../terminal.js'
import { findRunning } from '../up/run-file.js'
import { diagnose, OUTSIDE_STEPS } from './diagnose.js'
import { describeDiagnosis, exitCodeOf } from './diagnosis-json.js'
import { DEFAULT_STEP_MS } from './examine.js'
import { diagnoseHost, HOST_STEPS } from './inside/diagnose-host.js'
import { chooseLanguage } from './language.js'
import { renderStep, renderVerdict, titleColumnsOf } from './render-diagnosis.js'

const DEFAULT_SECONDS = DEFAULT_STEP_MS / 1000
const listIds = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id).join(', ')

export const doctorCommand: Command = {
  help: `Usage: bemore doctor [url] [--until STEP] [--timeout N] [--lang en|ko] [--json]

Says what is wrong with a BeMore, and what to do about it.

With a URL, from outside, each layer up to the first that fails:
  ${listIds(OUTSIDE_STEPS)}
The session it starts for that is erased again.

Without one, on the machine itself, with the configuration its processes would have:
  ${listIds(HOST_STEPS)}
and then from outside what answers at PORT. Where DATABASE_URL is not set and \`bemore up\` runs in
this folder, that one is examined from outside.

  --until STEP   with a URL: stop after this step; \`listen\` is the last that starts no session
  --timeout N    longest wait for one exchange, s (${DEFAULT_SECONDS}); the whole is bounded too
  --lang en|ko   the language of the verdict (the locale's)
  --json         the diagnosis as JSON

Exit codes: 0 healthy, 10 to 59 by the first cause (docs/operations.md), 64 usage`,

  async run(args, terminal) {
    const { positional, values } = readPositional(args, {
      until: { type: 'string' },
      timeout: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    const { until } = values
    const language = chooseLanguage(values.lang, terminal.env)
    const bounds = { fallback: DEFAULT_SECONDS, min: 1, max: 60 }
    const stepMs = readInteger('timeout', values.timeout, bounds) * 1000
    if (until !== undefined && !OUTSIDE_STEPS.some(({ id }) => id === until)) {
      throw new UsageError(`--until takes one of ${listIds(OUTSIDE_STEPS)}`)
    }
    const url = positional ?? (await findUnconfigured(terminal))
    const titles = (url === null ? [...HOST_STEPS, ...OUTSIDE_STEPS] : OUTSIDE_STEPS).map(
      ({ title }) => title,
    )
    const style = {
      language,
      paint: terminal.paint,
      titleColumns: titleColumnsOf(titles, language),
    }
    const options = {
      stepMs,
      ...(until !== undefined && { until }),
      ...(values.json !== true && { onStep: (step) => terminal.say(renderStep(step, style)) }),
    } satisfies Parameters<typeof diagnose>[1]
    const diagnosis =
      url === null
        ? await diagnoseHost(terminal.env, terminal.cwd, options)
        : await diagnose(url, options)
    if (values.json) terminal.say(JSON.stringify(describeDiagnosis(diagnosis, language), null, 2))
    else terminal.say(`\n${renderVerdict(diagnosis, language, terminal.paint)}`)
    return exitCodeOf(diagnosis)
  },
}

/**
 * The API of the `up` in this folder where nothing is configured: its database is embedded, and only it
 * knows how to reach it. Otherwise null: the machine itself is meant.
 */
async function findUnconfigured({ env, cwd }: Terminal): Promise<string | null> {
  if ((env['DATABASE_URL'] ?? '').trim() !== '') return null
  return (await findRunning(join(cwd, '.bemore')))?.status?.urls.api ?? null
}
