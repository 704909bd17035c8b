import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { removeEmbeddedPostgres } from '../src/index.js'
import { copyOnce, openShelter } from '../src/shelter.js'
import { query, scratchFolder, startServer } from './scratch.js'

const isRoot = process.getuid?.() === 0

t.test('a private folder works, for root too, and stays private', async (t) => {
  const scratch = await scratchFolder(t)
  const shelterRoots = [join(scratch, 'shelter')]
  const clone = join(scratch, 'clone')
  await mkdir(clone, { mode: 0o700 })
  const dataDir = join(clone, '.bemore', 'postgres')
  const lines: string[] = []
  const log = (line: string) => lines.push(line)

  const first = await startServer(t, { dataDir, shelterRoots, log })
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await startServer(t, { dataDir, shelterRoots, log })
  t.strictSame(await query(second.url, 'select answer from kept'), [{ answer: 42 }])
  await second.stop()

  t.equal((await stat(clone)).mode & 0o777, 0o700)
  if (isRoot) {
    t.ok(second.dataFolder.startsWith(`${scratch}/shelter/`), 'data are in the shelter')
    t.match(lines[0], `${dataDir} is in ${join(second.dataFolder, '..')}`)
    t.strictSame(await readdir(dataDir), ['MOVED.txt'])
    await removeEmbeddedPostgres({ dataDir, shelterRoots, log })
    t.notMatch(await readdir(shelterRoots[0] as string), [/^[0-9a-f]{16}$/])
  } else {
    t.equal(second.dataFolder, join(dataDir, 'data'), 'data are where they were asked for')
    t.strictSame(lines, [])
  }
})

t.test('a shelter that others could write to is not trusted', async (t) => {
  const scratch = await scratchFolder(t)
  const open = join(scratch, 'open')
  await mkdir(open)
  await chmod(open, 0o777)
  const link = join(scratch, 'link')
  await symlink('/var/tmp', link)
  await t.rejects(openShelter([open, link]), { code: 'DATA_FOLDER_UNUSABLE', message: open })
})

t.test('a copied tree is readable by all, made once, and keeps its links', async (t) => {
  const scratch = await scratchFolder(t)
  const source = join(scratch, 'source')
  await mkdir(join(source, 'bin'), { recursive: true, mode: 0o700 })
  await writeFile(join(source, 'bin', 'postgres'), 'program', { mode: 0o700 })
  await writeFile(join(source, 'library.so.1.2'), 'library', { mode: 0o600 })
  await symlink('library.so.1.2', join(source, 'library.so'))

  const target = join(scratch, 'target')
  await Promise.all([copyOnce(source, target), copyOnce(source, target)])
  const modeOf = async (path: string) => (await stat(join(target, path))).mode & 0o777
  t.equal(await modeOf('bin'), 0o755)
  t.equal(await modeOf('bin/postgres'), 0o755)
  t.equal(await modeOf('library.so'), 0o644)
  t.strictSame((await readdir(scratch)).sort(), ['source', 'target'], 'no drafts are left')
})
