import { mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { linkSharedLibraries } from '../src/native-package.js'
import { scratchFolder } from './scratch.js'

t.test('libraries are linked even where install scripts did not run', async (t) => {
  const root = join(await scratchFolder(t), 'native')
  await mkdir(join(root, 'lib'), { recursive: true })
  await writeFile(join(root, 'lib', 'libx.so.1.2'), 'library')
  await symlink('libx.so.1.2', join(root, 'lib', 'libx.so'))
  const links = ['native/lib/libx.so', 'native/lib/libx.so.1'].map((target) => ({
    source: 'native/lib/libx.so.1.2',
    target,
  }))
  await writeFile(join(root, 'pg-symlinks.json'), JSON.stringify(links))

  await linkSharedLibraries(root)
  t.equal(await readlink(join(root, 'lib', 'libx.so.1')), 'libx.so.1.2')
  t.equal(await readFile(join(root, 'lib', 'libx.so'), 'utf8'), 'library')
})
