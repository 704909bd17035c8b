// `npm test [part of a path …]`: compile, lint, and run every test file in a process of its own
// against one PostgreSQL. The last line is the outcome, `N passed, N failed`, where N are tests
// (see tap-results.mjs); lint counts as one. Exits 0 only when nothing failed.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { BootstrapError, bootstrap } from './bootstrap.mjs'
import { runTestFile } from './run-test-file.mjs'
import { reportFile, reportRun } from './test-report.mjs'
import { startTestServer } from './test-server.mjs'
import { root, testFiles } from './workspace.mjs'

const FILE_TIMEOUT_MS = 240_000

const total = { passed: [], failed: [], skipped: [] }
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => interruption.abort(signal))
}

const filters = process.argv.slice(2)
try {
  await bootstrap()
  if (filters.length === 0) lint()
  await runAll(testFiles(filters))
} catch (error) {
  console.error(error instanceof BootstrapError ? error.message : error)
  total.failed.push({ test: 'the test run itself' })
}
if (interruption.signal.aborted) {
  total.failed.push({ test: `interrupted by ${interruption.signal.reason}` })
}
reportRun(total)
process.exitCode = total.failed.length > 0 ? 1 : 0

function count(source, results) {
  reportFile(source, results)
  for (const key of Object.keys(total)) total[key].push(...results[key])
}

function lint() {
  const start = performance.now()
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const { status } = spawnSync(process.execPath, [biome, 'check', '--diagnostic-level=warn', '.'], {
    cwd: root,
    stdio: 'inherit',
  })
  const ms = performance.now() - start
  const failed = [{ test: 'lint', problems: [{ what: '`npx biome check .`, as above' }] }]
  count('lint', {
    passed: status === 0 ? ['lint'] : [],
    failed: status === 0 ? [] : failed,
    skipped: [],
    ms,
  })
}

async function runAll(files) {
  if (files.length === 0) throw new BootstrapError(`No test file has ${filters.join(' or ')}.`)
  rmSync(join(root, '.test-results'), { recursive: true, force: true })
  const server = await startTestServer()
  try {
    const env = testEnvironment({ [server.variable]: server.url })
    const waiting = [...files]
    const work = async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        if (interruption.signal.aborted) return
        const { signal } = interruption
        count(file.source, await runTestFile(file, { env, timeoutMs: FILE_TIMEOUT_MS, signal }))
      }
    }
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    await server.stop()
  }
}

/** No test may reach a real database or a paid service by what the shell happens to export. */
function testEnvironment(added) {
  const { DATABASE_URL, GEMINI_API_KEY, NODE_ENV, ...rest } = process.env
  return { ...rest, ...added }
}
