import { type Command, readInteger, readPositional, UsageError } from '../command.js'
import { DEFAULT_STEP_MS, diagnose, OUTSIDE_STEPS } from './diagnose.js'
import { describeDiagnosis, exitCodeOf } from './diagnosis-json.js'
import { chooseLanguage } from './language.js'
import { renderStep, renderVerdict, titleColumnsOf } from './render-diagnosis.js'

const DEFAULT_SECONDS = DEFAULT_STEP_MS / 1000

export const doctorCommand: Command = {
  help: `Usage: bemore doctor <url> [--until STEP] [--timeout N] [--lang en|ko] [--json]

Says what is wrong with a BeMore, and what to do about it. Each layer is examined, up to the first
that fails: ${OUTSIDE_STEPS.map(({ id }) => id).join(', ')}.
The session it starts for that is erased again.

  --until STEP   stop after this step; \`listen\` starts no session
  --timeout N    longest wait for one exchange, s (${DEFAULT_SECONDS}); the whole takes at most 12 times that
  --lang en|ko   the language of the verdict (the locale's)
  --json         the diagnosis as JSON

Exit codes: 0 healthy, 10 to 59 by the first cause (docs/operations.md), 64 usage`,

  async run(args, terminal) {
    const { positional: url, values } = readPositional(args, {
      until: { type: 'string' },
      timeout: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    })
    if (url === undefined) throw new UsageError('which URL?')
    const language = chooseLanguage(values.lang, terminal.env)
    const seconds = readInteger('timeout', values.timeout, {
      fallback: DEFAULT_SECONDS,
      min: 1,
      max: 60,
    })
    const { until } = values
    if (until !== undefined && !OUTSIDE_STEPS.some(({ id }) => id === until)) {
      throw new UsageError(`--until takes one of ${OUTSIDE_STEPS.map(({ id }) => id).join(', ')}`)
    }
    const titleColumns = titleColumnsOf(
      OUTSIDE_STEPS.map(({ title }) => title),
      language,
    )
    const style = { language, paint: terminal.paint, titleColumns }
    const diagnosis = await diagnose(url, {
      stepMs: seconds * 1000,
      ...(until !== undefined && { until }),
      ...(values.json !== true && { onStep: (step) => terminal.say(renderStep(step, style)) }),
    })
    if (values.json) terminal.say(JSON.stringify(describeDiagnosis(diagnosis, language), null, 2))
    else terminal.say(`\n${renderVerdict(diagnosis, language, terminal.paint)}`)
    return exitCodeOf(diagnosis)
  },
}
