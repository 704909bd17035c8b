import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { keepPage } from '../src/demo/demo-conclusion.js'

t.test('the page of the report is written where it says, over an older one', async (t) => {
  const file = join(t.testdir(), '.bemore', 'demo-report.html')
  for (const page of ['<p>a longer page</p>', '<p>a page</p>']) {
    t.match(await keepPage(page, file), file)
    t.equal(await readFile(file, 'utf8'), page)
  }
})

t.test('a server without a page costs a line', async (t) => {
  const folder = t.testdir()
  t.match(await keepPage(null, join(folder, 'page.html')), /404.*none was written/)
  await t.rejects(readFile(join(folder, 'page.html')), { code: 'ENOENT' })
})
