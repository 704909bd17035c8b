import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { loadSigningSecret } from '../src/index.js'

const folderFor = (t: { teardown(end: () => void): void }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bemore-secret-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return folder
}

t.test('a configured secret is taken as it is, and no file is made', async (t) => {
  const authSecretFile = join(folderFor(t), 'secret')
  const authSecret = 'thirty-two characters, or some more'
  const secret = loadSigningSecret({ authSecret, authSecretFile })
  t.equal(Buffer.from(secret).toString(), authSecret)
  t.throws(() => statSync(authSecretFile), { code: 'ENOENT' })
})

t.test('without one it is made once, for this user’s eyes, and found again', async (t) => {
  const authSecretFile = join(folderFor(t), 'deep', 'secret')
  const first = loadSigningSecret({ authSecret: '', authSecretFile })
  t.equal(first.length, 32)
  t.equal(statSync(authSecretFile).mode & 0o777, 0o600)
  t.same(loadSigningSecret({ authSecret: '', authSecretFile }), first)
  t.equal(readFileSync(authSecretFile, 'utf8').length, 43)
})

t.test('a file that holds something else is not taken for a secret', async (t) => {
  const authSecretFile = join(folderFor(t), 'secret')
  writeFileSync(authSecretFile, 'hello')
  t.throws(() => loadSigningSecret({ authSecret: '', authSecretFile }), /remove it/)
})
