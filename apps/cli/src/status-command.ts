import { join } from 'node:path'
import { EXIT, ExitError } from '@bemore/ops'
import { type Command, readOptions } from './command.js'
import { findRunning } from './up/run-file.js'
import { renderStatus } from './up/up-screen.js'

export const statusCommand: Command = {
  help: `Usage: bemore status [--json]

Shows the \`bemore up\` that runs in this folder: its processes, their pids and restarts, its URLs.

  --json  the same as JSON

Exit codes: 0 it runs, 69 it does not`,

  async run(args, terminal) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    const running = await findRunning(join(terminal.cwd, '.bemore'))
    if (running === null) {
      throw new ExitError(EXIT.unavailable, 'Nothing runs in this folder. Start it: npm start')
    }
    if (running.status === null) {
      throw new ExitError(EXIT.unavailable, `It runs (pid ${running.pid}) but does not answer.`)
    }
    const { status } = running
    terminal.say(json ? JSON.stringify(status, null, 2) : renderStatus(status, terminal.paint))
    return EXIT.ok
  },
}
