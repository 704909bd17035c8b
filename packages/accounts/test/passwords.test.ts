import t from 'tap'
import {
  createPasswords,
  fitEmail,
  fitPassword,
  normaliseEmail,
  PasswordsBusyError,
} from '../src/index.js'

t.test('a password is hashed by Argon2id and known again', async (t) => {
  const passwords = createPasswords({ passwordConcurrency: 2, passwordQueueLimit: 10 })
  const hashed = await passwords.hash('a walk by the sea')
  t.match(hashed, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  t.not(await passwords.hash('a walk by the sea'), hashed, 'with a salt of its own')
  t.equal(await passwords.verify(hashed, 'a walk by the sea'), true)
  t.equal(await passwords.verify(hashed, 'a walk by the lake'), false)
})

t.test('nobody’s password is always wrong', async (t) => {
  const passwords = createPasswords({ passwordConcurrency: 1, passwordQueueLimit: 10 })
  t.equal(await passwords.verify(null, 'a walk by the sea'), false)
  t.equal(await passwords.verify(null, 'nobody has this password'), false)
})

t.test('so many wait, the next is turned away, and later there is room again', async (t) => {
  const passwords = createPasswords({ passwordConcurrency: 1, passwordQueueLimit: 2 })
  const [a, b, c] = ['one', 'two', 'three'].map((word) => passwords.hash(word))
  await t.rejects(passwords.hash('four'), PasswordsBusyError)
  t.equal(new PasswordsBusyError().code, 'OVERLOADED')
  t.equal((await Promise.all([a, b, c])).length, 3)
  t.match(await passwords.hash('five'), /^\$argon2id/)
})

t.test('a password is measured in characters, and is not one’s own name', async (t) => {
  const about = { email: 'jimin@example.com', username: 'Jimin Kim' }
  t.same(fitPassword('1234567', about), { fault: 'too short' })
  for (const common of [
    'password',
    'Password1!',
    'iloveyou12',
    '12345678',
    'qwertyui',
    'aaaaaaaa',
  ]) {
    t.same(fitPassword(common, about), { fault: 'easily guessed' }, common)
  }
  t.same(fitPassword(' '.repeat(8), about), { fault: 'easily guessed' })
  t.match(fitPassword('my password is long', about), { password: String })
  t.same(fitPassword('🌊🌊🌊🌊', about), { fault: 'too short' })
  t.same(fitPassword('가'.repeat(257), about), { fault: 'too long' })
  t.match(fitPassword('JIMIN@example.com', about), { fault: String })
  t.match(fitPassword('jimin kim', about), { fault: String })
  t.same(fitPassword('바다를 보러 가자', about), { password: '바다를 보러 가자' })
  t.same(
    fitPassword('\uff50aved road', about),
    { password: 'paved road' },
    'full-width is the same',
  )
})

t.test('an address is one in any case', async (t) => {
  t.equal(normaliseEmail('  JiMin@Example.COM '), 'jimin@example.com')
})

t.test('an address is looked at in the form it is stored in', async (t) => {
  t.equal(fitEmail(' JiMin@Example.COM '), 'jimin@example.com')
  // One character that normalising makes eighteen of, spaces among them.
  const ligature = '\ufdfa'
  for (const email of [
    `${ligature}@example.com`,
    `a\uff20b@example.com`,
    `${'\u33af'.repeat(90)}@example.com`,
    'a\u0001b@example.com',
    'a\u202eb@example.com',
    'nobody',
  ]) {
    t.equal(fitEmail(email), null, JSON.stringify(email))
  }
  t.equal(fitEmail('지민@예시.한국'), '지민@예시.한국')
})
