import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CAUSES } from '@bemore/ops'
import {
  type ConsoleBlock,
  type ConsoleCommand,
  findDeviation,
  parseConsoleDocument,
} from '@bemore/testing'
import t, { type Test } from 'tap'
import { type DatabaseServer, startDatabaseServer } from '../src/system/database-server.js'
import { HOST, ROOT } from '../src/system/system.js'
import { enterSituation, type Place } from './fixtures/situations.js'

/** Ten real systems, one after the other, and in each what a person would type. */
t.setTimeout(220_000)

const LANGUAGES = ['en', 'ko'] as const
const FILES = { en: 'docs/runbook.md', ko: 'docs/runbook.ko.md' } as const
const runbooks = {
  en: parseConsoleDocument(readFileSync(join(ROOT, FILES.en), 'utf8')),
  ko: parseConsoleDocument(readFileSync(join(ROOT, FILES.ko), 'utf8')),
}
const COMMAND_TIMEOUT_MS = 90_000

t.test('every cause has its section, in both languages', async (t) => {
  for (const language of LANGUAGES) {
    const { sections } = runbooks[language]
    for (const code of Object.keys(CAUSES)) t.ok(sections.includes(code), `${language}: ${code}`)
    t.same(
      sections.filter((section) => /^[A-Z_]+$/.test(section) && !Object.hasOwn(CAUSES, section)),
      [],
      'and no section is of a cause that is none',
    )
  }
})

t.test('both say the same commands, in the same places', async (t) => {
  const outline = (blocks: readonly ConsoleBlock[]) =>
    blocks.map(({ situation, commands }) => ({
      situation,
      commands: commands.map(({ command }) => command.replace(' --lang ko', '')),
    }))
  t.same(outline(runbooks.ko.blocks), outline(runbooks.en.blocks))
})

t.test('what a runbook says is compared line by line', async (t) => {
  t.equal(findDeviation('a 1 ms\nb\nc\n', ['a … ms', '…', 'c']), null)
  t.equal(findDeviation('a\nb', ['a', 'c']), 'c')
  t.equal(findDeviation('x\na', ['a']), 'a')
  t.equal(findDeviation('a\nb', ['a']), 'nothing after that, but: b')
})

t.test('each command, in its situation, prints what the runbooks say', async (t) => {
  const server = await startDatabaseServer(() => {})
  t.teardown(() => server.remove())
  for (const situation of new Set(runbooks.en.blocks.map((block) => block.situation))) {
    await t.test(situation, async (t) => holdIn(t, situation, server))
  }
})

/** What the commands of this one do to it cannot be undone: each language gets its own. */
const CHANGED_BY_ITS_COMMANDS: ReadonlySet<string> = new Set(['not-migrated'])

async function holdIn(t: Test, situation: string, server: DatabaseServer): Promise<void> {
  if (!CHANGED_BY_ITS_COMMANDS.has(situation)) {
    return holdLanguages(t, LANGUAGES, situation, server)
  }
  for (const language of LANGUAGES) await holdLanguages(t, [language], situation, server)
}

async function holdLanguages(
  t: Test,
  languages: readonly (typeof LANGUAGES)[number][],
  situation: string,
  server: DatabaseServer,
): Promise<void> {
  const place = await enterSituation(situation, server)
  try {
    for (const language of languages) {
      const blocks = runbooks[language].blocks.filter((block) => block.situation === situation)
      for (const { command, expected } of blocks.flatMap(({ commands }) => commands)) {
        const output = await run(command, place)
        t.equal(findDeviation(output, expected), null, `${language}: ${command}`, { output })
      }
    }
  } finally {
    await place.leave()
  }
}

/** As a person types it, but for the address. */
function run(command: ConsoleCommand['command'], place: Place): Promise<string> {
  const typed = command
    .replaceAll('localhost:8000', `${HOST}:${place.apiPort}`)
    .replaceAll('PORT=8000', `PORT=${place.apiPort}`)
  const { PATH = '' } = process.env
  const env = { PATH, LANG: 'C.UTF-8', DATABASE_URL: place.databaseUrl }
  const options = { cwd: ROOT, env, timeout: COMMAND_TIMEOUT_MS }
  return new Promise((resolve) => {
    // Both streams in one, as on a screen.
    const script = `exec 2>&1; ${typed}`
    execFile('bash', ['--norc', '-c', script], options, (_error, stdout) => resolve(stdout))
  })
}
