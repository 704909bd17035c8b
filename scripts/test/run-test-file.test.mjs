// The counts of `npm test` are only worth what its runner makes of programs that go wrong.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runTestFile } from '../run-test-file.mjs'
import { root } from '../workspace.mjs'

const never = new AbortController().signal

async function run(t, body, { timeoutMs = 30_000, signal = never } = {}) {
  const folder = t.testdir({ 'sample.test.mjs': `import t from 'tap'\n${body}\n` })
  const file = { source: `sample/${t.name}`, program: join(folder, 'sample.test.mjs') }
  const results = await runTestFile(file, { env: process.env, timeoutMs, signal })
  const short = (name) => name.replace(file.source, 'file')
  return {
    passed: results.passed.map(short),
    failed: results.failed.map(({ test, problems }) => [
      short(test),
      ...problems.map(({ what }) => what),
    ]),
    skipped: results.skipped.map(({ test, reason }) => `${short(test)} (${reason})`),
    output: readFileSync(join(root, results.log), 'utf8'),
  }
}

t.test('tests are counted, not groups and not assertions', async (t) => {
  const results = await run(
    t,
    `t.test('group', async (t) => {
       t.test('a', async (t) => { t.ok(true); t.ok(true) })
       t.test('b', async (t) => { t.ok(true); t.equal(1, 2, 'sums up'); t.equal(3, 4, 'adds up') })
     })
     t.ok(true, 'at the top')`,
  )
  t.strictSame(results.passed, ['file › group › a', 'file'])
  t.strictSame(results.failed, [['file › group › b', 'sums up', 'adds up']])
})

t.test('what was not run is neither passed nor failed', async (t) => {
  const results = await run(
    t,
    `t.test('skipped', { skip: 'no tape' }, async () => {})
     t.test('planned', { todo: 'in spring' }, async () => {})
     t.test('partly', async (t) => { t.ok(true); t.ok(false, 'part', { skip: 'no glue' }) })`,
  )
  t.match(results, {
    passed: ['file › partly'],
    failed: [],
    skipped: [
      'file › skipped (skipped: no tape)',
      'file › planned (to do: in spring)',
      'file › partly › part (skipped: no glue)',
    ],
  })
})

t.test('a test that asserts nothing has failed', async (t) => {
  const results = await run(t, `t.test('idle', async () => {})`)
  t.match(results, { passed: [], failed: [['file › idle', 'asserts nothing']] })
})

t.test('a program that ends in the middle has failed', async (t) => {
  const results = await run(
    t,
    `t.test('done', async (t) => t.ok(true))
     t.test('cut', async (t) => { t.ok(true); process.exit(0) })`,
  )
  t.strictSame(results.passed, ['file › done'])
  t.match(results.failed, [['file › cut', 'test unfinished']])
})

t.test('a program that is killed has failed', async (t) => {
  const results = await run(
    t,
    `t.test('done', async (t) => t.ok(true))
     t.test('cut', async (t) => process.kill(process.pid, 'SIGKILL'))`,
  )
  t.strictSame(results.passed, ['file › done'])
  t.equal(results.failed.length > 0, true)
})

t.test('a program that does not even load has failed, and its words are kept', async (t) => {
  const results = await run(t, `import './missing.mjs'`)
  t.strictSame(results.passed, [])
  t.match(results.failed, [['file', 'asserts nothing']])
  t.match(results.output, 'ERR_MODULE_NOT_FOUND')
})

t.test('a program that hangs is ended, with what it started', async (t) => {
  const results = await run(
    t,
    `import { spawn } from 'node:child_process'
     t.test('done', async (t) => t.ok(true))
     t.test('hangs', async (t) => {
       spawn('sleep', ['600'], { stdio: 'inherit' })
       await new Promise((resolve) => setTimeout(resolve, 600_000))
     })`,
    { timeoutMs: 5_000 },
  )
  t.strictSame(results.passed, ['file › done'])
  t.match(results.failed.at(-1).at(-1), 'not finished within 5 s')
})

t.test('an interrupted program has failed', async (t) => {
  const interruption = new AbortController()
  const results = run(t, `t.test('waits', (t) => setTimeout(() => t.end(), 600_000))`, {
    signal: interruption.signal,
  })
  setTimeout(() => interruption.abort(), 500)
  t.match((await results).failed.at(-1).at(-1), 'interrupted')
})
