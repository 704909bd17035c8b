import { writeFile } from 'node:fs/promises'
import t from 'tap'
import { openControlPort } from '../src/up/control-port.js'
import { findRunning, runFilePath, takeRunFile } from '../src/up/run-file.js'
import type { UpStatus } from '../src/up/up-status.js'

const URLS = { api: 'http://localhost:1', docs: '', websocket: 'ws://localhost:2', realtime: [] }

async function startInstance(test: { teardown(fn: () => unknown): void }, instanceId: string) {
  const status: UpStatus = {
    instanceId,
    pid: process.pid,
    state: 'running',
    startedAt: 0,
    urls: URLS,
    database: null,
    processes: [],
  }
  const control = await openControlPort(() => status)
  let open = true
  const close = async () => {
    if (open) await control.close()
    open = false
  }
  test.teardown(close)
  return { record: { instanceId, pid: process.pid, controlPort: control.port }, close }
}

t.test('the second taker is told who runs', async (t) => {
  const folder = t.testdir()
  const first = await startInstance(t, 'first')
  const second = await startInstance(t, 'second')
  const taken = await takeRunFile(folder, first.record)
  t.match(taken, { taken: true, foundStale: false })
  t.match(await takeRunFile(folder, second.record), {
    taken: false,
    pid: process.pid,
    status: { instanceId: 'first', urls: URLS },
  })
  if (taken.taken) await taken.release()
  t.equal(await findRunning(folder), null)
  t.match(await takeRunFile(folder, second.record), { taken: true, foundStale: false })
})

t.test('a file left by a killed one is taken over, though its pid lives', async (t) => {
  const folder = t.testdir()
  const killed = await startInstance(t, 'killed')
  await takeRunFile(folder, killed.record)
  await killed.close()
  t.equal(await findRunning(folder), null)
  const next = await startInstance(t, 'next')
  t.match(await takeRunFile(folder, next.record), { taken: true, foundStale: true })
})

t.test('a control port that another instance has by now proves nothing', async (t) => {
  const folder = t.testdir()
  const stranger = await startInstance(t, 'stranger')
  const left = JSON.stringify({ ...stranger.record, instanceId: 'killed' })
  await writeFile(runFilePath(folder), left)
  const next = await startInstance(t, 'next')
  t.match(await takeRunFile(folder, next.record), { taken: true, foundStale: true })
})

for (const content of [
  '',
  '{"instanceId":"x"',
  '[]',
  '{"instanceId":"x","pid":-1,"controlPort":1}',
]) {
  t.test(`a file that says ${JSON.stringify(content)} is in nobody's way`, async (t) => {
    const folder = t.testdir()
    await writeFile(runFilePath(folder), content)
    const next = await startInstance(t, 'next')
    t.match(await takeRunFile(folder, next.record), { taken: true, foundStale: true })
  })
}

t.test('of many that find a stale file at once, one takes it', async (t) => {
  const folder = t.testdir()
  const killed = await startInstance(t, 'killed')
  await takeRunFile(folder, killed.record)
  await killed.close()
  const rivals = await Promise.all(
    Array.from({ length: 8 }, (_, at) => startInstance(t, `rival-${at}`)),
  )
  const outcomes = await Promise.all(rivals.map(({ record }) => takeRunFile(folder, record)))
  t.equal(outcomes.filter(({ taken }) => taken).length, 1)
  const winner = rivals[outcomes.findIndex(({ taken }) => taken)]
  t.match(await findRunning(folder), { status: { instanceId: winner?.record.instanceId } })
})

t.test('one that lost the file to another does not remove it on release', async (t) => {
  const folder = t.testdir()
  const first = await startInstance(t, 'first')
  const outcome = await takeRunFile(folder, first.record)
  const other = await startInstance(t, 'other')
  await writeFile(runFilePath(folder), JSON.stringify(other.record))
  if (outcome.taken) await outcome.release()
  t.match(await findRunning(folder), { status: { instanceId: 'other' } })
})
