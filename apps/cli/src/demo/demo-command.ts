import { join } from 'node:path'
import { type Command, readInteger, readOptions, UsageError } from '../command.js'
import { findApi } from '../up/find-api.js'
import { demo } from './demo.js'
import { isScenario, SCENARIOS } from './dialogue.js'
import { FRAME_FORMATS, isFrameFormat } from './frame-source.js'

const DEFAULT_SECONDS = 45
const DEFAULT_FPS = 15

export const demoCommand: Command = {
  help: `Usage: bemore demo [--url URL] [--seconds N] [--fps N] [--format json|f32|u16]
                   [--language ko|en] [--scenario everyday|crisis] [--json]

Drives a running BeMore as a browser would: starts a session, opens its three sockets, streams a
real smiling face and then simulated expressions, speaks with a synthesised voice, says some lines,
asks the companion, pauses and resumes, ends, and shows the report, of which it also writes the page
to .bemore/demo-report.html. It goes on when the realtime process, the API or both are killed.

  --url URL       the API (that of the \`up\` in this folder, else http://localhost:<PORT, or 8000>)
  --seconds N     how long to stream (${DEFAULT_SECONDS})
  --fps N         frames a second (${DEFAULT_FPS})
  --format        how frames are sent: json, as the web client does, or binary: f32, u16 (json)
  --language      what is spoken: ko, en (ko)
  --scenario      everyday: thoughts that are met with questions; crisis: one line that somebody who
                  wants to die may say, behind which only who can be called is shown (everyday)
  --json          print the report as JSON at the end, and everything else to stderr

Ctrl-C ends the session early, with its report.

Exit codes: 0 the report holds every window and every line, and all checks held, 1 it does not,
69 nothing answers, 130 stopped at once`,

  async run(args, terminal) {
    const values = readOptions(args, {
      url: { type: 'string' },
      seconds: { type: 'string' },
      fps: { type: 'string' },
      format: { type: 'string' },
      language: { type: 'string' },
      scenario: { type: 'string' },
      json: { type: 'boolean' },
    })
    const baseUrl = (values.url ?? (await findApi(terminal))).replace(/\/+$/, '')
    if (!/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '')) {
      throw new UsageError(`--url takes an http:// or https:// URL, not "${baseUrl}"`)
    }
    const format = values.format ?? 'json'
    if (!isFrameFormat(format)) {
      throw new UsageError(`--format takes ${FRAME_FORMATS.join(', ')}, not "${format}"`)
    }
    const language = values.language ?? 'ko'
    if (language !== 'ko' && language !== 'en') {
      throw new UsageError(`--language takes ko, en, not "${language}"`)
    }
    const scenario = values.scenario ?? 'everyday'
    if (!isScenario(scenario)) {
      throw new UsageError(`--scenario takes ${SCENARIOS.join(', ')}, not "${scenario}"`)
    }
    const seconds = { fallback: DEFAULT_SECONDS, min: 6, max: 3_600 }
    return demo(
      {
        baseUrl,
        ...{ format, language, scenario },
        pageFile: join(terminal.cwd, '.bemore', 'demo-report.html'),
        seconds: readInteger('seconds', values.seconds, seconds),
        fps: readInteger('fps', values.fps, { fallback: DEFAULT_FPS, min: 1, max: 60 }),
        printJson: values.json === true,
      },
      terminal,
    )
  },
}
