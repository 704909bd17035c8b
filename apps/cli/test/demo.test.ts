import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionReport } from '@bemore/core'
import { createFakeGemini, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { onDatabase } from './fixtures/on-database.js'
import { pidOf, type Spawned, spawnBemore, statusOf, whenRunning } from './fixtures/spawned.js'
import { until } from './fixtures/until.js'

t.setTimeout(180_000)

const PATIENCE_MS = 40_000
const says = (demo: Spawned, words: RegExp) =>
  until(`the demo says ${words}`, () => words.test(demo.output()), PATIENCE_MS).catch((error) => {
    throw new Error(`${error.message}\n${demo.output()}`)
  })
const isReady = async (url: string) =>
  (await fetch(`${url}/readyz`).catch(() => null))?.status === 200
const count = (text: string, words: RegExp) => [...text.matchAll(words)].length

t.test('with a system to drive', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const cwd = t.testdir()
  const up = spawnBemore(t, ['up'], { cwd, env: { DATABASE_URL } })
  const { urls } = await whenRunning(up, cwd)

  const kill = async (name: string) => {
    const status = await until(`${name} runs`, async () => {
      const current = await statusOf(cwd)
      return current?.processes.some((each) => each.name === name && each.pid !== null) && current
    })
    if (status) process.kill(pidOf(status, name), 'SIGKILL')
  }

  t.test('the portrait reads happy, and the report is shown', async (t) => {
    // Without --url: the one that runs in this folder.
    const args = ['demo', '--seconds', '18', '--format', 'u16']
    const demo = spawnBemore(t, args, { cwd })
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
    t.match(demo.output(), /✓ windows in the report: 2, among them all \d seen live/)
    t.match(demo.output(), /✓ the smiling portrait read happy in \d+ of \d+ /)
    t.match(demo.output(), /paused; frames go on/)
    t.match(demo.output(), /진단이 아니/)
    t.match(demo.output(), `${urls.api}/api/session/sess_`)
    t.match(demo.output(), /✓ windows with speech in the report: \d of 2/)
    t.match(demo.output(), /✓ lines said: 8, in the report: 8/)
    t.match(demo.output(), /✓ ways of thinking found: \S/)
    t.match(demo.output(), /› {3}\? \S/)
    t.match(demo.output(), /✓ questions offered live 1 times, in the report 1/)
    t.match(demo.output(), /› companion \(local\): \S/)
    const page = await readFile(join(cwd, '.bemore', 'demo-report.html'), 'utf8')
    t.match(page, /^<!doctype html>/i)
    t.match(demo.output(), /page: .*demo-report\.html/)
  })

  t.test('behind a crisis there is nothing but who can be called', async (t) => {
    const args = ['demo', '--seconds', '9', '--scenario', 'crisis', '--json']
    const demo = spawnBemore(t, args, { cwd })
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
    for (const phone of ['109', '1577-0199', '1388']) t.match(demo.output(), `☎ ${phone} `)
    t.match(demo.output(), /– too little to judge the smiling portrait by/)
    t.match(demo.output(), /✓ nothing else was offered behind it/)
    t.match(demo.output(), /✓ the words are not in: report, export with its log, page/)
    t.match(demo.output(), /✓ the chat answered with the same numbers only/)
    t.notMatch(up.output(), '죽고 싶', 'nor in what the processes log')
    const { utterances, interventions } = JSON.parse(demo.stdout()) as SessionReport
    t.equal(utterances.filter(({ withheld }) => withheld).length, 1)
    t.same(interventions, [])
  })

  t.test('the same in English', async (t) => {
    const args = ['demo', '--seconds', '6', '--scenario', 'crisis', '--language', 'en']
    const demo = spawnBemore(t, args, { cwd })
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
    t.match(demo.output(), '☎ 988 ')
    t.match(demo.output(), /not a diagnosis/)
  })

  t.test('realtime, the API and both killed with -9 meanwhile cost no closed window', async (t) => {
    const args = ['demo', '--url', urls.api, '--seconds', '24', '--json']
    const demo = spawnBemore(t, args, { cwd })
    await says(demo, /window 0: \w/)
    await kill('realtime')
    await says(demo, /landmarks: connected again/)
    await kill('api')
    await until('the API is back', () => isReady(urls.api))
    // The pause is due soon: its call finds nobody, and is repeated.
    await Promise.all([kill('realtime'), kill('api')])
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })

    const report = JSON.parse(demo.stdout()) as SessionReport
    t.equal(report.status, 'ended')
    const windows = report.timeline.map(({ window }) => window)
    t.ok(windows.includes(0) && windows.length > 1, 'before and after', { windows })
    t.equal(report.pauses.length, 1)
    t.ok((report.timeline[0]?.frameCount ?? 0) > 100, 'window 0 is whole')
    t.ok(count(demo.output(), /landmarks: connected again/g) >= 2)
    t.match(demo.output(), /✓ windows in the report: \d/)
    t.equal(report.utterances.length, 8, 'no line is lost, and none counts twice')
  })
})

t.test('with a companion that has a language model', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const gemini = await createFakeGemini()
  t.teardown(() => gemini.close())
  const cwd = t.testdir()
  const env = { DATABASE_URL, GEMINI_API_KEY: gemini.key, GEMINI_BASE_URL: gemini.url }
  await whenRunning(spawnBemore(t, ['up'], { cwd, env }), cwd)

  t.test('its reply is shown, and the demo says whose it is', async (t) => {
    const demo = spawnBemore(t, ['demo', '--seconds', '6'], { cwd })
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
    t.match(demo.output(), /› companion \(gemini\): \S/)
    t.match(demo.output(), /✓ the companion answered: source gemini/)
  })

  t.test('behind a crisis it is not asked', async (t) => {
    const asked = gemini.requests.length
    const args = ['demo', '--seconds', '6', '--scenario', 'crisis']
    const demo = spawnBemore(t, args, { cwd })
    t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
    t.match(demo.output(), /✓ the chat answered with the same numbers only/)
    const since = gemini.requests.slice(asked).map(({ body }) => JSON.stringify(body))
    t.notOk(since.some((body) => body.includes('죽고 싶')))
  })
})

t.test('where sessions are for signed-in users only, it signs up and leaves', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const cwd = t.testdir()
  const secret = 'a secret for tests, and for nothing else'
  const env = { DATABASE_URL, AUTH_SECRET: secret, AUTH_REQUIRED: 'yes', WS_AUTH: 'required' }
  await whenRunning(spawnBemore(t, ['up'], { cwd, env }), cwd)
  const demo = spawnBemore(t, ['demo', '--seconds', '6'], { cwd })
  t.equal(await demo.exited, 0, 'exit code', { output: demo.output() })
  t.match(demo.output(), /✓ windows in the report: 1, among them all 1 seen live/)
  await onDatabase(DATABASE_URL, async (sql) => {
    t.equal((await sql`select 1 from sessions`).length, 0)
    t.equal((await sql`select 1 from users where deleted_at is null`).length, 0)
  })
})
