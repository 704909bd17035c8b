import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import type { QueuedEvent } from '../src/index.js'
import { openJournal, queued, seqs, tempFolder } from './journal-rig.js'
import { numbersFrom } from './test-store.js'
import { until } from './until.js'

const SCRIPT = fileURLToPath(new URL('fixtures/journal-process.js', import.meta.url))

/** A disk of 128 KiB. @throws without the right to mount one */
function mountSmallDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), 'bemore-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk], { stdio: 'ignore' })
  return disk
}

function unmount(disk: string): void {
  execFileSync('umount', ['-l', disk])
  rmdirSync(disk)
}

function canMount(): boolean {
  try {
    unmount(mountSmallDisk())
    return true
  } catch {
    return false
  }
}

const NEEDS_MOUNT = { skip: !canMount() && 'NOT TESTED: no right to mount a small disk here' }

/** A process that pushes `count` events and waits; `limit` is what the shell says first. */
function spawnPusher(t: Test, folder: string, count: number, limit = 'true') {
  const command = `${limit}; exec "$0" "$1" "$2" "$3"`
  const args = ['-c', command, process.execPath, SCRIPT, folder, String(count)]
  const child = spawn('/bin/sh', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (data) => {
    output += String(data)
  })
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { durable?: number[]; pushed?: number; detail?: string })
  const kill = async () => {
    child.kill('SIGKILL')
    await until('its end', () => child.signalCode !== null)
  }
  const durable = () => lines().flatMap((line) => line.durable ?? [])
  return { lines, durable, kill }
}

const takeAll = (journal: { take(count: number): QueuedEvent[] }) => seqs(journal.take(100_000))

t.test('kill -9 loses no event that was pushed', async (t) => {
  const folder = tempFolder(t)
  const pusher = spawnPusher(t, folder, 600)
  await until('all to be pushed', () => pusher.lines().some(({ pushed }) => pushed === 600))
  t.same(takeAll(await openJournal(folder)), [], 'it is its own as long as it lives')
  await pusher.kill()
  t.same(takeAll(await openJournal(folder)), numbersFrom(1, 600))
})

t.test('kill -9 in the middle loses none that was told durable', async (t) => {
  const folder = tempFolder(t)
  const pusher = spawnPusher(t, folder, 100_000)
  await until('some to be durable', () => pusher.durable().length > 200)
  await pusher.kill()
  const durable = pusher.durable()
  t.same(durable, numbersFrom(1, durable.length), 'told once, in order')
  const found = takeAll(await openJournal(folder))
  t.ok(found.length >= durable.length)
  t.same(found, numbersFrom(1, found.length))
})

t.test('a file that may not grow tears a record, and nothing after it', async (t) => {
  const folder = tempFolder(t)
  // In blocks of 512 bytes: far less than a segment. Beyond it the system writes a part, then EFBIG.
  const pusher = spawnPusher(t, folder, 400, 'ulimit -f 20')
  await until('it to be met', () => pusher.lines().some(({ detail }) => /EFBIG/.test(detail ?? '')))
  await until('all to be durable', () => pusher.durable().length === 400)
  await pusher.kill()
  const journal = await openJournal(folder)
  t.same(takeAll(journal), numbersFrom(1, 400))
  t.equal(journal.condition.damaged, 0)
})

t.test('a full disk is told as such, and written when it has room', NEEDS_MOUNT, async (t) => {
  const disk = mountSmallDisk()
  t.teardown(() => unmount(disk))
  const journal = await openJournal(disk)
  const all = numbersFrom(1, 1_000)
  for (const n of all) t.same(journal.push(queued(n)), [])
  t.match(journal.condition, { state: 'unwritable', detail: /^ENOSPC/ })
  t.equal(await journal.sync(), false)
  const first = journal.take(400)
  journal.settle(first)
  await journal.tend()
  const rest = journal.take(1_000)
  t.same(seqs([...first, ...rest]), all)
  journal.settle(rest)
  journal.push(queued(1_001))
  t.match(journal.condition, { state: 'writable', detail: null })
  t.equal(await journal.sync(), true)
})

t.test('a folder that cannot be written is told as such, and used once it can', async (t) => {
  // Root may write to any folder, but to no file as if it were one.
  const folder = join(tempFolder(t), 'journal')
  writeFileSync(folder, 'in the way')
  const journal = await openJournal(folder)
  journal.push(queued(1))
  t.match(journal.condition, { state: 'unwritable', detail: /^(ENOTDIR|EEXIST)/ })
  rmSync(folder)
  await journal.tend()
  t.match(journal.condition, { state: 'writable' })
  t.same(seqs(journal.take(10)), [1])
})

t.test('a journal with nothing to write is told as writable once it is', async (t) => {
  const folder = join(tempFolder(t), 'journal')
  writeFileSync(folder, 'in the way')
  const journal = await openJournal(folder)
  journal.push(queued(1))
  journal.settle(journal.take(10))
  t.match(journal.condition, { state: 'unwritable' })
  rmSync(folder)
  await journal.tend()
  t.match(journal.condition, { state: 'writable', detail: null })
})
