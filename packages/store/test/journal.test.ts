import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createAdoption } from '../src/journal/adoption.js'
import { releasedFolderName, thisProcess } from '../src/journal/owner.js'
import {
  bytesIn,
  copyAsOfTheDead,
  foldersIn,
  openJournal,
  queued,
  segmentsIn,
  seqs,
  tempFolder,
} from './journal-rig.js'
import { numbersFrom, SILENT } from './test-store.js'
import { until } from './until.js'

t.test('events come out in the order they went in, and leave nothing behind', async (t) => {
  const root = tempFolder(t)
  const journal = await openJournal(root)
  for (const n of numbersFrom(1, 10)) t.same(journal.push(queued(n)), [])
  t.equal(journal.size, 10)
  t.ok(bytesIn(root) > 0, 'they are on disk at once')
  const taken = journal.take(4)
  t.same(seqs(taken), [1, 2, 3, 4])
  journal.settle(taken)
  t.equal(journal.oldest?.producerSeq, 5)
  journal.settle(journal.take(100))
  t.same([journal.size, journal.oldest, bytesIn(root)], [0, null, 0])
  t.equal(journal.condition.bytes, 0)
})

t.test('more events than memory holds are read back in order', async (t) => {
  const root = tempFolder(t)
  const journal = await openJournal(root)
  const all = numbersFrom(1, 7_000)
  for (const n of all.slice(0, 5_000)) journal.push(queued(n))
  const first = journal.take(3_000)
  for (const n of all.slice(5_000)) journal.push(queued(n))
  t.equal(journal.size, 4_000)
  const rest = Array.from({ length: 9 }, () => journal.take(500)).flat()
  t.same(seqs([...first, ...rest]), all)
  journal.settle([...first, ...rest])
  t.same([journal.size, bytesIn(root)], [0, 0])
})

t.test('a segment goes when all of its events are done with', async (t) => {
  const root = tempFolder(t)
  const journal = await openJournal(root)
  for (const n of numbersFrom(1, 1_000)) journal.push(queued(n))
  const before = segmentsIn(root).length
  t.ok(before > 3)
  journal.settle(journal.take(900))
  t.ok(segmentsIn(root).length <= 2)
})

t.test('what a dead process left is taken over, before anything newer', async (t) => {
  const dying = tempFolder(t)
  const first = await openJournal(dying)
  for (const n of numbersFrom(1, 3_000)) first.push(queued(n, 'dead'))
  first.settle(first.take(10))
  const root = copyAsOfTheDead(t, dying)
  const second = await openJournal(root)
  t.equal(second.size, 3_000, 'a segment that is not done with is read whole: replays are harmless')
  second.push(queued(1, 'new'))
  const events = second.take(5_000)
  t.same(seqs(events), [...numbersFrom(1, 3_000), 1])
  t.match(events[0], { producer: 'dead/s1', producerSeq: 1, pushedAt: 1 }, 'with its own key')
  second.settle(events)
  t.equal(bytesIn(root), 0)
  t.equal(foldersIn(root).length, 1, 'its folder is gone')
})

t.test('the journal of a living process is left alone', async (t) => {
  const root = tempFolder(t)
  const living = await openJournal(root)
  living.push(queued(1))
  t.equal((await openJournal(root)).size, 0)
  t.equal(living.size, 1)
})

t.test('processes that start at once share what is left, each event to one', async (t) => {
  const dying = tempFolder(t)
  for (const producer of ['a', 'b', 'c']) (await openJournal(dying)).push(queued(1, producer))
  const root = copyAsOfTheDead(t, dying)
  const heirs = await Promise.all([1, 2, 3, 4].map(() => openJournal(root)))
  const producers = heirs.flatMap((heir) => heir.take(10)).map(({ producer }) => producer)
  t.same(producers.sort(), ['a/s1', 'b/s1', 'c/s1'])
})

t.test('one of another host is nobody’s once it gives no sign of life', async (t) => {
  const dying = tempFolder(t)
  ;(await openJournal(dying)).push(queued(1))
  const root = copyAsOfTheDead(t, dying)
  const [folder = ''] = foldersIn(root)
  renameSync(folder, join(root, '00000000.1.1.1.0123456789abcdef'))
  const adoption = createAdoption({ root, owner: thisProcess(), log: SILENT, silenceMs: 30 })
  t.equal(await adoption.claimNext(1e9), null, 'it may be alive')
  const found = await until('it to be taken over', () => adoption.claimNext(1e9))
  t.equal(found?.segments.length, 1)
})

t.test('what no folder of a journal is, is left alone', async (t) => {
  const root = tempFolder(t)
  mkdirSync(join(root, 'photos'))
  writeFileSync(join(root, 'photos', '1.journal'), 'mine')
  t.equal((await openJournal(root)).size, 0)
  t.equal(readFileSync(join(root, 'photos', '1.journal'), 'utf8'), 'mine')
})

t.test('a torn end is cut off', async (t) => {
  const dying = tempFolder(t)
  const first = await openJournal(dying)
  for (const n of numbersFrom(1, 3)) first.push(queued(n))
  const root = copyAsOfTheDead(t, dying)
  const [path = ''] = segmentsIn(root)
  const whole = readFileSync(path)
  for (const [what, bytes] of [
    ['half a record', whole.subarray(0, whole.length - 20)],
    ['half a header', Buffer.concat([whole, Buffer.from([9, 0, 0])])],
    ['blocks never written', Buffer.concat([whole, Buffer.alloc(4_096)])],
  ] as const) {
    writeFileSync(path, bytes)
    const journal = await openJournal(copyAsOfTheDead(t, root))
    t.same(seqs(journal.take(10)), bytes.length < whole.length ? [1, 2] : [1, 2, 3], what)
    t.equal(journal.condition.damaged, 0)
  }
})

t.test('a damaged record is passed over and counted; the others are read', async (t) => {
  const dying = tempFolder(t)
  const first = await openJournal(dying)
  for (const n of numbersFrom(1, 1_000)) first.push(queued(n))
  const root = copyAsOfTheDead(t, dying)
  const [oldest = ''] = segmentsIn(root)
  const bytes = readFileSync(oldest)
  bytes[20] = (bytes[20] ?? 0) ^ 0xff
  writeFileSync(oldest, bytes)
  const journal = await openJournal(root)
  t.equal(journal.condition.damaged, 1)
  const events = journal.take(2_000)
  t.same(seqs(events), numbersFrom(2, 999))
  journal.settle(events)
  t.same([journal.size, bytesIn(root)], [0, 0])
})

t.test('a segment that ends in ruins does not hide those after it', async (t) => {
  const dying = tempFolder(t)
  const first = await openJournal(dying)
  for (const n of numbersFrom(1, 1_000)) first.push(queued(n))
  const root = copyAsOfTheDead(t, dying)
  const [oldest = ''] = segmentsIn(root)
  writeFileSync(oldest, readFileSync(oldest).fill(0xa5, 10_000))
  const journal = await openJournal(root)
  t.ok(journal.condition.damaged > 0)
  const events = seqs(journal.take(2_000))
  t.equal(events.at(-1), 1_000)
  t.same(
    events,
    [...new Set(events)].sort((a, b) => a - b),
  )
})

t.test('a full journal gives up its oldest segment, and says which events', async (t) => {
  const root = tempFolder(t)
  const journal = await openJournal(root, { journalMaxBytes: 1_048_576 })
  const underWay = numbersFrom(1, 100)
  for (const n of underWay) journal.push(queued(n))
  const taken = journal.take(100)
  const givenUp = numbersFrom(101, 20_000).flatMap((n) => seqs(journal.push(queued(n))))
  t.ok(givenUp.length > 1_000)
  t.ok(bytesIn(root) <= 1_048_576)
  t.equal(journal.size, 20_000 - givenUp.length)
  const rest = Array.from({ length: 30 }, () => journal.take(1_000)).flat()
  t.equal(journal.size, 0)
  const all = [...seqs(taken), ...givenUp, ...seqs(rest)].sort((a, b) => a - b)
  t.same(all, numbersFrom(1, 20_100), 'each is either given up or kept')
  t.same(
    seqs(rest),
    seqs(rest).sort((a, b) => a - b),
  )
  t.equal(seqs(rest).at(-1), 20_100, 'the newest are kept')
})

t.test('a folder that cannot be made keeps events in memory until it can', async (t) => {
  const root = join(tempFolder(t), 'journal')
  writeFileSync(root, 'a file in the way')
  const journal = await openJournal(root, { eventQueueLimit: 5 })
  t.match(journal.condition, { state: 'unwritable', detail: /ENOTDIR|EEXIST/ })
  const givenUp = numbersFrom(1, 7).flatMap((n) => seqs(journal.push(queued(n))))
  t.same(givenUp, [1, 2], 'memory is bounded')
  t.equal(await journal.sync(), false)

  rmSync(root)
  await journal.tend()
  t.match(journal.condition, { state: 'writable', detail: null })
  t.equal(await journal.sync(), true)
  journal.push(queued(8))
  t.same(seqs(journal.take(10)), [3, 4, 5, 6, 7, 8])
  const heir = await openJournal(copyAsOfTheDead(t, root))
  t.same(seqs(heir.take(10)), [3, 4, 5, 6, 7, 8], 'they were written when it healed')
})

t.test('a folder removed under a living process is noticed, and made again', async (t) => {
  const root = tempFolder(t)
  const journal = await openJournal(root)
  journal.push(queued(1))
  rmSync(root, { recursive: true })
  await journal.tend()
  t.match(journal.condition, { state: 'unwritable', detail: /removed/ })
  t.equal(await journal.sync(), false, 'the first event is in memory only')
  journal.push(queued(2))
  t.match(journal.condition, { state: 'writable' })
  t.equal(await journal.sync(), false)
  const taken = journal.take(10)
  t.same(seqs(taken), [1, 2])
  journal.settle(taken)
  journal.push(queued(3))
  t.equal(await journal.sync(), true)
  t.same(seqs((await openJournal(copyAsOfTheDead(t, root))).take(10)).at(-1), 3)
})

t.test('closing leaves what waits to the next, and an empty journal no folder', async (t) => {
  const root = tempFolder(t)
  const first = await openJournal(root)
  first.push(queued(1))
  first.push(queued(2))
  t.same(await first.close(first.take(1)), [])
  const second = await openJournal(root)
  const events = second.take(10)
  t.same(seqs(events), [1, 2])
  second.settle(events)
  await second.close([])
  t.same(foldersIn(root), [])
})

t.test('garbage of any kind is survived', async (t) => {
  const root = tempFolder(t)
  const folder = join(root, releasedFolderName(1))
  mkdirSync(folder)
  appendFileSync(
    join(folder, '00000001.journal'),
    'no journal at all, but long enough for a header',
  )
  appendFileSync(join(folder, '00000002.journal'), Buffer.alloc(0))
  const journal = await openJournal(root)
  t.same([journal.size, journal.oldest], [0, null])
  t.equal(journal.condition.damaged, 1)
})
