import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, findDeviation, parseConsoleDocument } from '@bemore/testing'
import t from 'tap'
import { startLone } from './fixtures/lone-processes.js'
import { runInShell } from './fixtures/shell-session.js'
import { until } from './fixtures/until.js'

t.setTimeout(200_000)

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const PAGE = 'docs/http.md'
const tour = parseConsoleDocument(readFileSync(join(ROOT, PAGE), 'utf8'))
const commands = tour.blocks.flatMap((block) =>
  block.commands.map((command) => ({ ...command, section: block.section })),
)
const hasCurl = spawnSync('curl', ['--version']).status === 0

t.test(`every operation of the API is in ${PAGE}`, async (t) => {
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'))
  const typed = commands.map(({ command }) => command).join('\n')
  for (const path of Object.keys(paths)) {
    const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/\\s"\']+')
    t.match(typed, new RegExp(`\\$API${literal === '/' ? '/?' : literal}(?=["'\\s?)]|$)`), path)
  }
})

t.test(
  `the commands of ${PAGE}, one after the other, print what it says`,
  { skip: hasCurl ? false : 'NOT RUN: there is no curl on this machine' },
  async (t) => {
    const { url: DATABASE_URL } = await createTestDatabase(t)
    const realtime = await startLone(t, 'realtime', { DATABASE_URL })
    const api = await startLone(t, 'api', {
      DATABASE_URL,
      REALTIME_INTERNAL_URL: realtime.url,
      // All of the page is asked for in seconds, which nobody does who reads it.
      RATE_LIMIT_PER_MINUTE: '10000',
      ADMIN_TOKEN: 'only-operators-of-this-tour',
    })
    await until('it is well', async () => {
      const { status } = (await (await fetch(`${api.url}/health`)).json()) as { status: string }
      return status === 'ok' ? true : null
    })
    const typed = commands.map(({ command }) =>
      command.replaceAll('http://localhost:8000', api.url),
    )
    const { PATH = '' } = process.env
    const printed = await runInShell(typed, { cwd: t.testdir(), env: { PATH, LANG: 'C.UTF-8' } })
    t.equal(printed.length, commands.length, 'all were run')
    commands.forEach(({ command, expected, section }, at) => {
      const output = printed[at] ?? ''
      const deviation =
        output === '' && expected.length === 0 ? null : findDeviation(output, expected)
      t.equal(deviation, null, `${section}: ${command}`, { output })
    })
  },
)
