import { createEvent, type SessionEvent } from '@bemore/core'
import { createLogger } from '@bemore/ops'
import { type Store, StoreError } from '@bemore/store'
import t from 'tap'
import { createFiguresReader, type UnreadSession } from '../src/history/figures-reader.js'

const LOG = createLogger({ name: 'api', level: 'silent' })
const ended = (id: string, lastSeq = 2): UnreadSession => ({ id, status: 'ended', lastSeq })

/** A store of sessions that start and end, with a note of what was asked of it. */
function createRig({ events = 2, keep = async () => true, eventLimit = 10 } = {}) {
  const read: string[] = []
  const kept: [string, number][] = []
  const store = {
    log: {
      async read(sessionId: string, since: number): Promise<SessionEvent[]> {
        if (since > 0) return []
        read.push(sessionId)
        return Array.from({ length: events }, (_, i) => ({
          ...(i === 0
            ? createEvent('session.started', 1_000, { language: 'ko' })
            : createEvent('session.ended', 2_000, { reason: 'client' })),
          ...{ sessionId, seq: i + 1 },
        }))
      },
    },
    history: {
      keep(sessionId: string, lastSeq: number) {
        kept.push([sessionId, lastSeq])
        return keep()
      },
    },
  } as unknown as Store
  return { read, kept, reader: createFiguresReader({ store, log: LOG, eventLimit }) }
}

t.test('figures are kept for the log that they were made of', async (t) => {
  const { reader, kept } = createRig()
  const { found, isAll } = await reader.read([ended('a', 1)], { most: 8 })
  t.match(found.get('a'), { startedAt: 1_000, emotion: 'unknown' })
  t.equal(isAll, true)
  t.same(kept, [['a', 2]], 'one that has grown since it was listed')
})

t.test('those of a running session are not', async (t) => {
  const { reader, kept } = createRig()
  const { found } = await reader.read([{ ...ended('a'), status: 'active' }], { most: 8 })
  t.equal(found.size, 1)
  t.same(kept, [])
})

t.test('no more are read than may be, nor any when the time is over', async (t) => {
  const { reader, read } = createRig()
  const sessions = ['a', 'b', 'c'].map((id) => ended(id))
  t.equal((await reader.read(sessions, { most: 2 })).isAll, false)
  t.same(read, ['a', 'b'])
  t.match(await reader.read(sessions, { most: 8, withinMs: 0 }), { isAll: false })
  t.same(read, ['a', 'b'])
})

t.test(
  'running sessions keep none that has ended waiting, nor the whole from being complete',
  async (t) => {
    const { reader, read } = createRig()
    const running = (id: string): UnreadSession => ({ ...ended(id), status: 'active' })
    const sessions = ['a', 'b', 'c'].map(running)
    t.equal((await reader.read([...sessions, ended('d'), ended('e')], { most: 1 })).isAll, false)
    t.match(await reader.read([...sessions, ended('e')], { most: 2 }), { isAll: true })
    t.same(read, ['d', 'e', 'a'])
  },
)

t.test('a log too long to be folded is left out, and is no reason to come again', async (t) => {
  const { reader, read } = createRig()
  t.match(await reader.read([ended('a', 11), ended('b')], { most: 1 }), { isAll: true })
  t.same(read, ['b'])
  const grown = createRig({ events: 11 })
  t.match(await grown.reader.read([ended('a')], { most: 8 }), { isAll: true })
})

t.test('who asks at the same time shares the reading', async (t) => {
  const { reader, read } = createRig()
  const both = [reader.read([ended('a')], { most: 8 }), reader.read([ended('a')], { most: 8 })]
  for (const { found } of await Promise.all(both)) t.equal(found.size, 1)
  t.same(read, ['a'])
})

t.test('figures that could not be kept are as good', async (t) => {
  const keep = async () => {
    throw new StoreError('DATABASE_READ_ONLY', 'a standby')
  }
  const { found } = await createRig({ keep }).reader.read([ended('a')], { most: 8 })
  t.equal(found.size, 1)
})
