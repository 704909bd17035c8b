import { createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { diagnose } from '../src/doctor/diagnose.js'
import { startLone } from './fixtures/lone-processes.js'
import { onDatabase } from './fixtures/on-database.js'
import { spawnBemore } from './fixtures/spawned.js'
import { until } from './fixtures/until.js'

t.setTimeout(120_000)

t.test('with a system to walk through', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const realtime = await startLone(t, 'realtime', { DATABASE_URL })
  const api = await startLone(t, 'api', { DATABASE_URL, REALTIME_INTERNAL_URL: realtime.url })
  await until('it is well', async () => {
    const { verdict } = await diagnose(api.url, { until: 'listen' })
    return verdict === null
  })
  const countSessions = async () => {
    let count = -1
    await onDatabase(DATABASE_URL, async (sql) => {
      const rows = await sql`select 1 from sessions`
      count = rows.length
    })
    return count
  }

  t.test('every box is ticked, in Korean, and nothing is left behind', async (t) => {
    const run = spawnBemore(t, ['smoke', api.url], {
      cwd: t.testdir(),
      env: { LC_ALL: 'ko_KR.UTF-8' },
    })
    t.equal(await run.exited, 0, 'exit code', { output: run.output() })
    t.match(run.stdout(), /\[x\] 1\. curl로 health check 성공/)
    t.match(run.stdout(), /\[x\] 3\. WebSocket 연결 성공/)
    t.match(run.stdout(), /\[x\] 4\. 전체 플로우 테스트 성공/)
    t.match(run.stdout(), /ended, 구간 [1-9]/)
    t.notMatch(run.stdout(), /\[ \]/)
    t.equal(await countSessions(), 0)
  })

  t.test('for machines, and with the session kept', async (t) => {
    const args = ['smoke', api.url, '--json', '--keep', '--origin', 'http://localhost:5173']
    const run = spawnBemore(t, args, { cwd: t.testdir() })
    t.equal(await run.exited, 0, 'exit code', { output: run.output() })
    const { checklist, healthy, steps } = JSON.parse(run.stdout())
    t.equal(healthy, true)
    t.same(
      checklist.map(({ done }: { done: boolean }) => done),
      [true, true, true, true],
    )
    t.notOk(steps.some(({ id }: { id: string }) => id === 'erase'))
    t.equal(await countSessions(), 1)
  })

  t.test('a page that may not call the API', async (t) => {
    const args = ['smoke', api.url, '--origin', 'https://elsewhere.example', '--lang', 'en']
    const run = spawnBemore(t, args, { cwd: t.testdir() })
    t.equal(await run.exited, 41)
    t.match(run.stdout(), /\[ \] 2\. the API works/)
    t.match(run.stdout(), /elsewhere\.example is not allowed: see CORS_ORIGINS/)
  })

  t.test(
    'without realtime the boxes from there on stay empty, and the cause is named',
    async (t) => {
      await realtime.kill()
      const run = spawnBemore(t, ['smoke', api.url, '--lang', 'en'], { cwd: t.testdir() })
      t.equal(await run.exited, 31)
      t.match(run.stdout(), /\[x\] 2\. the API works/)
      t.match(run.stdout(), /\[ \] 3\. WebSockets connect/)
      t.match(run.stdout(), /\[ \] 4\. the whole flow/)
      t.match(run.stdout(), /REALTIME_DOWN/)
      t.equal(await countSessions(), 1, 'the one that was kept, and no other')
    },
  )
})

t.test('where sessions are for signed-in users only, a visitor signs up and leaves', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const env = { DATABASE_URL, AUTH_SECRET: 'a secret for tests, and for nothing else' }
  const realtime = await startLone(t, 'realtime', { ...env, WS_AUTH: 'required' })
  const api = await startLone(t, 'api', {
    ...{ ...env, AUTH_REQUIRED: 'yes', REALTIME_INTERNAL_URL: realtime.url },
  })
  await until('it is well', async () => {
    const { verdict } = await diagnose(api.url, { until: 'listen' })
    return verdict === null
  })
  const run = spawnBemore(t, ['smoke', api.url, '--lang', 'en'], { cwd: t.testdir() })
  t.equal(await run.exited, 0, 'exit code', { output: run.output() })
  t.notMatch(run.stdout(), /\[ \]/)
  await onDatabase(DATABASE_URL, async (sql) => {
    t.equal((await sql`select 1 from sessions`).length, 0)
    t.equal((await sql`select 1 from users where deleted_at is null`).length, 0)
  })
})
