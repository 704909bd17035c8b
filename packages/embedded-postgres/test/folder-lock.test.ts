import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processStart } from '@bemore/ops'
import t from 'tap'
import { type FolderLock, lockFolder } from '../src/folder-lock.js'
import { scratchFolder } from './scratch.js'

/** Many takers at once; the locks of those who got the folder. */
async function race(folder: string): Promise<FolderLock[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
  return outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

t.test('of many takers at once exactly one gets the folder, until it lets go', async (t) => {
  const folder = await scratchFolder(t)
  for (let round = 0; round < 5; round++) {
    const winners = await race(folder)
    t.equal(winners.length, 1)
    await t.rejects(lockFolder(folder), {
      code: 'DATA_FOLDER_IN_USE',
      message: new RegExp(`process ${process.pid}`),
    })
    await winners[0]?.release()
  }
  t.equal((await readdir(folder)).length, 1, 'old locks do not pile up')
})

t.test('a dead holder, or a pid used anew, does not hold the folder', async (t) => {
  const child = spawn('true')
  const start = processStart(child.pid as number)
  await once(child, 'exit')
  const stale = [
    JSON.stringify({ pid: child.pid, start }),
    JSON.stringify({ pid: process.pid, start: 'another time' }),
    '{"pid":',
  ]
  for (const content of stale) {
    const folder = await scratchFolder(t)
    await writeFile(join(folder, 'supervisor.7.lock'), content)
    t.equal((await race(folder)).length, 1, content)
    t.strictSame(await readdir(folder), ['supervisor.8.lock'])
  }
})
