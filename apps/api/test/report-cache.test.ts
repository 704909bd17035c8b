import t from 'tap'
import { createReportCache } from '../src/reports/report-cache.js'
import { createSharedReads } from '../src/reports/shared-read.js'

const entry = (bytes: number, released: string[], name: string) => ({
  body: Buffer.alloc(bytes),
  contentType: 'text/plain',
  seq: 1,
  ended: true,
  beside: '',
  compared: [],
  isBehind: () => false,
  release: () => void released.push(name),
})

t.test('the report cache', async (t) => {
  t.test('keeps as many as allowed, dropping the least recently used', async (t) => {
    const released: string[] = []
    const cache = createReportCache({ maxEntries: 2, maxBytes: 1e6 })
    cache.set('a', entry(1, released, 'a'))
    cache.set('b', entry(1, released, 'b'))
    cache.get('a')
    cache.set('c', entry(1, released, 'c'))
    t.strictSame(released, ['b'])
    t.ok(cache.get('a') && cache.get('c'))
    t.equal(cache.get('b'), undefined)
  })

  t.test('keeps as many bytes as allowed, and nothing that is larger than all', async (t) => {
    const released: string[] = []
    const cache = createReportCache({ maxEntries: 100, maxBytes: 10_000 })
    cache.set('a', entry(4_000, released, 'a'))
    cache.set('b', entry(4_000, released, 'b'))
    t.strictSame(released, ['a'])
    cache.set('huge', entry(20_000, released, 'huge'))
    t.strictSame(released, ['a', 'b', 'huge'])
    t.equal(cache.size, 0)
    t.equal(cache.bytes, 0)
  })

  t.test('releases what is replaced or deleted', async (t) => {
    const released: string[] = []
    const cache = createReportCache({ maxEntries: 2, maxBytes: 1e6 })
    cache.set('a', entry(10, released, 'first'))
    cache.set('a', entry(10, released, 'second'))
    cache.delete('a')
    cache.delete('a')
    t.strictSame(released, ['first', 'second'])
    t.equal(cache.bytes, 0)
  })
})

t.test('a shared read never answers with what was read before it was asked', async (t) => {
  const share = createSharedReads<number>()
  let truth = 1
  let reads = 0
  const read = async () => {
    reads += 1
    const seen = truth
    await new Promise((resolve) => setImmediate(resolve))
    return seen
  }
  const early = share('k', read)
  truth = 2
  const late = Array.from({ length: 5 }, () => share('k', read))
  t.equal(await early, 1)
  t.strictSame(await Promise.all(late), [2, 2, 2, 2, 2])
  t.equal(reads, 2)
  t.test('and a failed one is tried again by the next', async (t) => {
    const failing = share('k', () => Promise.reject(new Error('away')))
    const waiting = share('k', read)
    await t.rejects(failing)
    t.equal(await waiting, 2)
  })
})
