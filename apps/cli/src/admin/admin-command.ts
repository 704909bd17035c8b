import { EXIT, ExitError, readSettings, SETTINGS } from '@bemore/ops'
import { type Command, readInteger, readPositional, UsageError } from '../command.js'
import { parseTarget } from '../doctor/target.js'
import type { Terminal } from '../terminal.js'
import { findApi } from '../up/find-api.js'
import { createAdminClient } from './admin-client.js'
import { type AdminAnswers, renderTable, TABLES, type Topic } from './admin-tables.js'

const DEFAULT_LIMIT = 50

export const adminCommand: Command = {
  help: `Usage: bemore admin processes|sessions|incidents|errors|audit [--url URL] [--json]
       bemore admin drain <process id> [--url URL] [--json]

Asks the operator's API of a running system. The token comes from ADMIN_TOKEN, as the API has it.

  processes   every process, and what is wrong with it
  sessions    those that are live; with --all also those that ended
  incidents   what was wrong and for how long; with --open only what lasts
  errors      failures of the API process that answers, by hour
  audit       who did what
  drain       has a process stop in order; its supervisor starts another

  --url URL   the API (that of the \`up\` in this folder, else http://localhost:<PORT, or 8000>)
  --limit N   rows at most (${DEFAULT_LIMIT})
  --cursor C  the next page, as the page before it says
  --json      what the API answered

Exit codes: 0 done, 1 refused (no such process), 69 nothing answers, 78 no ADMIN_TOKEN or another`,

  async run(args, terminal) {
    const [topic = '', ...rest] = args
    const { positional, values } = readPositional(rest, {
      url: { type: 'string' },
      limit: { type: 'string' },
      cursor: { type: 'string' },
      all: { type: 'boolean' },
      open: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const isDrain = topic === 'drain'
    if (!isDrain && !isTopic(topic)) {
      throw new UsageError(`what: ${Object.keys(TABLES).join(', ')} or drain?`)
    }
    if (isDrain !== (positional !== undefined)) {
      throw new UsageError(isDrain ? 'drain which process?' : `too many arguments: ${positional}`)
    }
    const limit = readInteger('limit', values.limit, { fallback: DEFAULT_LIMIT, min: 1, max: 200 })
    const baseUrl = parseTarget(values.url ?? (await findApi(terminal))).baseUrl
    const client = createAdminClient(baseUrl, readToken(terminal))
    const say = (answer: object, words: string) =>
      terminal.say(values.json === true ? JSON.stringify(answer, null, 2) : words)

    if (!isTopic(topic)) {
      const id = positional ?? ''
      const answer = await client.ask('POST', `/processes/${encodeURIComponent(id)}/drain`)
      say(answer, `${id} will stop with its next heartbeat. See: bemore admin processes`)
      return EXIT.ok
    }
    const query = new URLSearchParams({
      ...(isPaged(topic) && { limit: String(limit) }),
      ...(isPaged(topic) && values.cursor !== undefined && { cursor: values.cursor }),
      ...(topic === 'sessions' && { status: values.all === true ? 'all' : 'live' }),
      ...(topic === 'incidents' && values.open === true && { open: 'true' }),
    })
    const answer = await client.ask('GET', `/${topic}?${query}`)
    say(answer, describe(topic, answer))
    return EXIT.ok
  },
}

function isTopic(text: string): text is Topic {
  return Object.hasOwn(TABLES, text)
}

function isPaged(topic: Topic): boolean {
  return topic !== 'processes' && topic !== 'errors'
}

function readToken({ env }: Terminal): string {
  const { adminToken } = readSettings({ adminToken: SETTINGS.adminToken }, env)
  if (adminToken !== '') return adminToken
  throw new ExitError(
    EXIT.config,
    'ADMIN_TOKEN is not set: it is the one that the API was started with',
  )
}

function describe<Name extends Topic>(topic: Name, answer: object): string {
  const rows = TABLES[topic](answer as AdminAnswers[Name])
  const { nextCursor = null } = answer as { readonly nextCursor?: string | null }
  const more = nextCursor === null ? '' : `\n\nThe next page: --cursor ${nextCursor}`
  return `${rows.length > 1 ? renderTable(rows) : 'None.'}${more}`
}
