import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createWatchHistory } from '../src/watch/history.js'

const tracked = { detail: 'x', since: 1, goneAt: null, toldAt: 2, reminded: 0 }
const entry = (target: string, since: number) => ({
  ...{ target, at: '2026-01-01T00:00:00.000Z', cause: 'BUS_LOST', detail: 'x', alerts: [] },
  state: { BUS_LOST: { ...tracked, since } },
})

t.test('the last state of a target is found again, and a stranger has none', async (t) => {
  const path = join(t.testdir(), 'deep', 'history.jsonl')
  const history = createWatchHistory(path)
  t.same(await history.lastState('http://a'), {})
  await history.append(entry('http://a', 1))
  await history.append(entry('http://a', 2))
  await history.append(entry('http://b', 3))
  t.match(await createWatchHistory(path).lastState('http://a'), { BUS_LOST: { since: 2 } })
  t.same(await history.lastState('http://c'), {})
})

t.test('a torn line costs itself, and not the one after it', async (t) => {
  const path = join(t.testdir(), 'history.jsonl')
  const history = createWatchHistory(path)
  await history.append(entry('http://a', 1))
  appendFileSync(path, '{"target":"http://a","state":{"BUS_')
  t.match(await history.lastState('http://a'), { BUS_LOST: { since: 1 } })
  await history.append(entry('http://a', 2))
  t.match(await history.lastState('http://a'), { BUS_LOST: { since: 2 } })
})

t.test('of what somebody else wrote, only what is a state is taken', async (t) => {
  const path = join(t.testdir(), 'history.jsonl')
  const state = { BUS_LOST: tracked, NO_SUCH_CAUSE: tracked, DATABASE_FULL: { since: 'never' } }
  appendFileSync(path, `${JSON.stringify({ target: 'http://a', state })}\nnull\n7\n`)
  t.same(await createWatchHistory(path).lastState('http://a'), { BUS_LOST: tracked })
})

t.test('it stays below twice its limit, and keeps the newest', async (t) => {
  const path = join(t.testdir(), 'history.jsonl')
  const history = createWatchHistory(path, 1_000)
  for (let n = 1; n <= 50; n += 1) await history.append(entry('http://a', n))
  t.ok(statSync(path).size <= 1_000)
  t.ok(statSync(`${path}.1`).size <= 1_000)
  t.match(readFileSync(path, 'utf8'), /"since":50/)
  t.match(await history.lastState('http://a'), { BUS_LOST: { since: 50 } })
})
