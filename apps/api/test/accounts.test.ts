import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

const EMAIL = 'jimin@example.com'
const PASSWORD = 'a walk by the sea'

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly user: { readonly id: string; readonly email: string; readonly username: string }
}

t.test('an account', async (t) => {
  const rig = await createRig(t)
  const send = (url: string, payload: object, headers: Record<string, string> = {}) =>
    rig.app.inject({ method: 'POST', url, payload, headers })
  const login = async (email = EMAIL, password = PASSWORD) =>
    dataOf<Tokens>(await send('/api/auth/login', { email, password }))
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  t.test('is signed up for with a name of two characters', async (t) => {
    const reply = await send('/api/auth/signup', {
      ...{ username: ' 지민 ', email: ' Jimin@Example.com', password: PASSWORD },
    })
    t.equal(reply.statusCode, 201)
    t.match(dataOf(reply), { user: { id: /^user_/, username: '지민', email: EMAIL } })
    t.notMatch(reply.body, /token|password/i)
  })

  t.test('is not signed up for twice, nor with what cannot be one', async (t) => {
    const good = { username: 'Jimin', email: 'other@example.com', password: PASSWORD }
    const codeOf = async (change: object) => {
      const reply = await send('/api/auth/signup', { ...good, ...change })
      return reply.statusCode === 201 ? undefined : errorOf(reply).code
    }
    t.equal(await codeOf({ email: 'JIMIN@example.com' }), 'EMAIL_TAKEN')
    t.equal(await codeOf({ email: 'nobody' }), 'VALIDATION_FAILED')
    t.equal(await codeOf({ username: ' x ' }), 'VALIDATION_FAILED')
    t.equal(await codeOf({ username: '가'.repeat(51) }), 'VALIDATION_FAILED')
    t.equal(await codeOf({ username: '\u200b\u200b' }), 'VALIDATION_FAILED')
    t.equal(await codeOf({ username: '\u202eevil' }), 'VALIDATION_FAILED')
    t.equal(await codeOf({ password: '12345678' }), 'PASSWORD_UNFIT')
    t.equal(await codeOf({ username: '🙂', email: 'smile@example.com' }), undefined)
    t.equal(await codeOf({ password: '1234567' }), 'PASSWORD_UNFIT')
    t.equal(await codeOf({ password: 'other@example.com' }), 'PASSWORD_UNFIT')
    t.equal(await codeOf({ password: 'x'.repeat(257) }), 'PASSWORD_UNFIT')
  })

  t.test('is signed in to, and says who it is', async (t) => {
    const reply = await send('/api/auth/login', { email: 'JIMIN@example.com', password: PASSWORD })
    t.equal(reply.headers['cache-control'], 'no-store')
    const { accessToken, refreshToken, user } = dataOf<Tokens>(reply)
    t.match(user, { id: String, email: EMAIL, username: '지민' })
    t.match(refreshToken, /^bmr_/)
    t.match(dataOf(await rig.get('/api/auth/me', bearer(accessToken))), { user })
  })

  t.test('keeps its password out of the database and the log', async (t) => {
    const { refreshToken, accessToken } = await login()
    const rows = await rig.database.query(
      (sql) => sql`
        select (select json_agg(u) from users as u)::text
          || (select json_agg(s) from sign_ins as s)::text
          || (select json_agg(r) from refresh_tokens as r)::text as text`,
    )
    const stored = String((rows[0] as { text: string }).text)
    const logged = JSON.stringify(rig.logged())
    t.match(stored, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    for (const secret of [PASSWORD, refreshToken, accessToken]) {
      t.notOk(stored.includes(secret))
      t.notOk(logged.includes(secret))
    }
    t.notOk(logged.includes(EMAIL))
  })

  t.test('does not tell a wrong password from an unknown address', async (t) => {
    const wrong = await send('/api/auth/login', { email: EMAIL, password: 'not my password' })
    const unknown = await send('/api/auth/login', { email: 'nobody@example.com', password: 'x' })
    t.equal(wrong.statusCode, 401)
    const { requestId: _a, ...first } = errorOf(wrong)
    const { requestId: _b, ...second } = errorOf(unknown)
    t.same(first, second)
    t.equal(first.code, 'CREDENTIALS_WRONG')
  })

  t.test('is asked to sign in where no token comes, and to refresh where it is bad', async (t) => {
    const none = await rig.get('/api/auth/me')
    t.equal(none.statusCode, 401)
    t.equal(none.headers['www-authenticate'], 'Bearer')
    t.equal(errorOf(none).code, 'AUTH_REQUIRED')
    for (const authorization of [
      'Bearer garbage',
      'Basic eDp5',
      'Bearer',
      `Bearer ${'x'.repeat(2_000)}`,
    ]) {
      const reply = await rig.get('/api/auth/me', { authorization })
      t.equal(reply.statusCode, 401)
      t.equal(errorOf(reply).code, 'TOKEN_INVALID')
    }
    const [head, body] = (await login()).accessToken.split('.')
    for (const forged of [
      `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${body}.`,
      `${head}.${body}.${'A'.repeat(43)}`,
    ]) {
      t.equal(errorOf(await rig.get('/api/auth/me', bearer(forged))).code, 'TOKEN_INVALID')
    }
  })

  t.test('changes its profile, and keeps what is not named', async (t) => {
    const { accessToken } = await login()
    const put = (payload: object) =>
      rig.app.inject({
        ...{ method: 'PUT', url: '/api/auth/profile', payload },
        headers: bearer(accessToken),
      })
    const profileImage = 'https://example.com/me.png'
    t.match(dataOf(await put({ profileImage })), { user: { username: '지민', profileImage } })
    t.match(dataOf(await put({ username: '지민 K.' })), {
      user: { username: '지민 K.', profileImage },
    })
    t.match(dataOf(await put({ profileImage: null })), { user: { profileImage: null } })
    t.equal(errorOf(await put({ profileImage: 'javascript:alert(1)' })).code, 'VALIDATION_FAILED')
  })

  t.test('is signed out of without a body, twice, and with a token that has expired', async (t) => {
    const { accessToken, refreshToken } = await login()
    for (const headers of [bearer(accessToken), bearer(accessToken), {}, bearer('garbage')]) {
      t.match(dataOf(await rig.post('/api/auth/logout', headers)), { signedOut: true })
    }
    t.equal(errorOf(await rig.get('/api/auth/me', bearer(accessToken))).code, 'TOKEN_INVALID')
    const reply = await send('/api/auth/refresh', { refreshToken })
    t.equal(errorOf(reply).code, 'REFRESH_TOKEN_INVALID')
    const other = await login()
    await send('/api/auth/logout', { refreshToken: other.refreshToken })
    t.equal(errorOf(await rig.get('/api/auth/me', bearer(other.accessToken))).code, 'TOKEN_INVALID')
  })

  t.test('changes its password, which ends every other sign-in', async (t) => {
    const [mine, other] = [await login(), await login()]
    const put = (payload: object) =>
      rig.app.inject({
        ...{ method: 'PUT', url: '/api/auth/password', payload },
        headers: bearer(mine.accessToken),
      })
    t.ok(dataOf(await rig.get('/api/auth/me', bearer(other.accessToken))))
    const wrong = await put({ currentPassword: 'wrong password', newPassword: 'by the mountains' })
    t.equal(wrong.statusCode, 403, 'a refresh would not help')
    t.equal(errorOf(wrong).code, 'PASSWORD_WRONG')
    const short = await put({ currentPassword: PASSWORD, newPassword: 'short' })
    t.equal(errorOf(short).code, 'PASSWORD_UNFIT')
    dataOf(await put({ currentPassword: PASSWORD, newPassword: 'by the mountains' }))
    t.ok(dataOf(await rig.get('/api/auth/me', bearer(mine.accessToken))))
    t.equal(errorOf(await rig.get('/api/auth/me', bearer(other.accessToken))).code, 'TOKEN_INVALID')
    t.ok(await login(EMAIL, 'by the mountains'))
    await t.rejects(login(EMAIL, PASSWORD))
  })
})

t.test('a refresh', async (t) => {
  const rig = await createRig(t, { env: { REFRESH_GRACE_MS: '60000' } })
  const refresh = (refreshToken: string) =>
    rig.app.inject({ method: 'POST', url: '/api/auth/refresh', payload: { refreshToken } })
  /** As if it had been used that long ago. */
  const age = (ms: number) =>
    rig.database.query(
      (sql) => sql`update refresh_tokens set used_at = used_at - ${ms}::float8 * interval '1 ms'`,
    )

  t.test('gives both tokens, and each goes on', async (t) => {
    const { refreshToken, userId } = await rig.signUp()
    const first = dataOf<Tokens>(await refresh(refreshToken))
    t.not(first.refreshToken, refreshToken)
    t.equal(first.user.id, userId)
    const second = dataOf<Tokens>(await refresh(first.refreshToken))
    const headers = { authorization: `Bearer ${second.accessToken}` }
    t.match(dataOf(await rig.get('/api/auth/me', headers)), { user: { id: userId } })
  })

  t.test('of two tabs at once signs neither out', async (t) => {
    const { refreshToken } = await rig.signUp()
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
    const [a, b] = both.map((reply) => dataOf<Tokens>(reply))
    await age(59_000)
    t.ok(dataOf(await refresh(refreshToken)), 'within the grace')
    t.ok(dataOf(await refresh(a?.refreshToken ?? '')))
    t.ok(dataOf(await refresh(b?.refreshToken ?? '')))
  })

  t.test('of one token again and again within the grace comes to an end', async (t) => {
    const { refreshToken } = await rig.signUp()
    let taken = 0
    while (taken < 100 && (await refresh(refreshToken)).statusCode === 200) taken += 1
    t.equal(taken, 50)
  })

  t.test('of a token used long before ends the sign-in of whoever has it', async (t) => {
    const { refreshToken, headers } = await rig.signUp()
    const next = dataOf<Tokens>(await refresh(refreshToken))
    await age(61_000)
    const reply = await refresh(refreshToken)
    t.equal(reply.statusCode, 401)
    t.equal(errorOf(reply).code, 'REFRESH_TOKEN_REUSED')
    t.equal(errorOf(await refresh(next.refreshToken)).code, 'REFRESH_TOKEN_INVALID')
    t.equal(errorOf(await rig.get('/api/auth/me', headers)).code, 'TOKEN_INVALID')
  })

  t.test('of nothing known, or of one that was not used for long, is refused', async (t) => {
    t.equal(errorOf(await refresh('bmr_unknown')).code, 'REFRESH_TOKEN_INVALID')
    const { refreshToken } = await rig.signUp()
    await rig.database.query((sql) => sql`update sign_ins set expires_at = now()`)
    t.equal(errorOf(await refresh(refreshToken)).code, 'REFRESH_TOKEN_INVALID')
  })
})

t.test('an access token that has expired asks for a refresh, and signs out still', async (t) => {
  const rig = await createRig(t, { env: { ACCESS_TOKEN_LIFETIME_MS: '1' } })
  const { headers, refreshToken } = await rig.signUp()
  // Lifetimes are whole seconds on the wire: this one is over with the next second.
  const until = Date.now() + 5_000
  let reply = await rig.get('/api/auth/me', headers)
  while (reply.statusCode === 200 && Date.now() < until)
    reply = await rig.get('/api/auth/me', headers)
  t.equal(reply.statusCode, 401)
  t.equal(errorOf(reply).code, 'TOKEN_EXPIRED')
  await rig.post('/api/auth/logout', headers)
  const payload = { refreshToken }
  const refreshed = await rig.app.inject({ method: 'POST', url: '/api/auth/refresh', payload })
  t.equal(errorOf(refreshed).code, 'REFRESH_TOKEN_INVALID')
})

t.test('guessing a password', async (t) => {
  const rig = await createRig(t, {
    env: { LOGIN_ATTEMPTS: '3', LOGIN_ATTEMPTS_ANYWHERE: '8', TRUSTED_PROXIES: '1' },
  })
  const attempt = (email: string, password: string, address = '192.0.2.1') =>
    rig.app.inject({
      ...{ method: 'POST', url: '/api/auth/login', payload: { email, password } },
      headers: { 'x-forwarded-for': address },
    })

  t.test('locks the address out, the right password too, and says for how long', async (t) => {
    const { email, password } = await rig.signUp()
    const guesses = await Promise.all([1, 2, 3, 4, 5].map((n) => attempt(email, `guess ${n}`)))
    const statuses = guesses.map(({ statusCode }) => statusCode).sort()
    t.same(statuses, [401, 401, 401, 429, 429], 'many at once count one by one')
    const locked = await attempt(email, password)
    t.equal(errorOf(locked).code, 'TOO_MANY_ATTEMPTS')
    t.ok(Number(locked.headers['retry-after']) > 800)
    t.ok(dataOf(await attempt(email, password, '192.0.2.2')), 'but not the person at home')
  })

  t.test('does not tell by its lock whether there is an account', async (t) => {
    const guesses = [1, 2, 3, 4].map((n) => attempt('nobody@example.com', `guess ${n}`))
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode).sort()
    t.same(statuses, [401, 401, 401, 429])
  })

  t.test('from one address locks out nobody at another, however often', async (t) => {
    const { email, password } = await rig.signUp()
    for (let n = 0; n < 12; n += 1) await attempt(email, 'guess', '192.0.2.66')
    t.ok(dataOf(await attempt(email, password, '192.0.2.67')))
    const neighbours = (n: number) => `2001:db8:1:2::${n}`
    for (let n = 0; n < 12; n += 1) await attempt(email, 'guess', neighbours(n))
    t.ok(dataOf(await attempt(email, password, '192.0.2.67')), 'a /64 is one address')
  })

  t.test('from everywhere locks too, and right passwords do not count', async (t) => {
    const { email, password } = await rig.signUp()
    for (let n = 0; n < 10; n += 1) dataOf(await attempt(email, password, `192.0.2.${n}`))
    for (let n = 0; n < 8; n += 1) {
      const guess = await attempt(email, 'guess', `198.51.100.${n}`)
      t.equal(errorOf(guess).code, 'CREDENTIALS_WRONG')
    }
    const locked = await attempt(email, password, '203.0.113.7')
    t.equal(errorOf(locked).code, 'TOO_MANY_ATTEMPTS')
    await rig.database.query((sql) => sql`update login_attempts set window_ends_at = now()`)
    t.ok(dataOf(await attempt(email, password)), 'after the window it is open again')
  })
})

t.test('deleting an account', async (t) => {
  const rig = await createRig(t)
  const { headers, email, password, userId, refreshToken } = await rig.signUp()
  const sessions = [await rig.start({}, headers), await rig.start({}, headers)]
  const remove = (payload: object) =>
    rig.app.inject({ method: 'DELETE', url: '/api/auth/account', payload, headers })

  const exported = JSON.parse((await rig.get('/api/auth/export', headers)).body)
  t.match(exported, { user: { id: userId, email }, preferences: null })
  t.match(exported.signIns, [{ createdAt: /Z$/, endedAt: null }])
  t.match(exported.audit.at(-1), { action: 'account.create', outcome: 'ok' })
  const ids = exported.sessions.map(
    ({ session }: { session: { sessionId: string } }) => session.sessionId,
  )
  t.same(ids.sort(), [...sessions].sort())

  t.equal(errorOf(await remove({ password: 'not my password' })).code, 'PASSWORD_WRONG')
  const gone = dataOf<{ sessionsErased: number; receiptIds: string[]; complete: boolean }>(
    await remove({ password }),
  )
  t.match(gone, { sessionsErased: 2, complete: true })
  for (const id of gone.receiptIds) {
    t.match(dataOf(await rig.get(`/api/erasure/${id}`)), { kind: 'owner' })
  }
  t.equal(errorOf(await rig.get('/api/auth/me', headers)).code, 'TOKEN_INVALID')
  t.equal(errorOf(await rig.get(`/api/session/${sessions[0]}`)).code, 'SESSION_NOT_FOUND')
  const refreshed = await rig.app.inject({
    ...{ method: 'POST', url: '/api/auth/refresh', payload: { refreshToken } },
  })
  t.equal(errorOf(refreshed).code, 'REFRESH_TOKEN_INVALID')
  const rows = await rig.database.query(
    (sql) => sql`select json_agg(u)::text as text from users as u`,
  )
  t.notOk(String((rows[0] as { text: string }).text).includes(email))
  const again = await rig.app.inject({
    ...{ method: 'POST', url: '/api/auth/signup', payload: { username: 'Jimin', email, password } },
  })
  t.equal(again.statusCode, 201, 'the address is free again')
})

t.test('nobody is signed out because the database is away', async (t) => {
  const rig = await createRig(t, { env: { TOKEN_CHECK_MS: '1' } })
  const { headers, userId } = await rig.signUp()
  dataOf(await rig.get('/api/auth/me', headers))
  const id = await rig.start({}, headers)
  await rig.post(`/api/session/${id}/end`, headers)
  t.equal((await rig.get(`/api/session/${id}/report`, headers)).statusCode, 200)
  await rig.store.close(500)
  const stale = await rig.get(`/api/session/${id}/report`, headers)
  t.equal(stale.statusCode, 200)
  t.equal(
    (await rig.get(`/api/session/${id}/report`)).statusCode,
    401,
    'and a stranger still is one',
  )
  const other = await rig.get('/api/user/preferences', headers)
  t.equal(other.statusCode, 503)
  const me = await rig.get('/api/auth/me', headers)
  t.equal(me.headers['x-bemore-stale'], 'true')
  t.match(dataOf(me), { user: { id: userId } }, 'the web client would sign out over a failure')
})

t.test('operators see what became of an account, and neither address nor name', async (t) => {
  const rig = await createRig(t)
  const { userId, email, headers, password } = await rig.signUp()
  const send = (method: 'POST' | 'DELETE', url: string, payload: object) =>
    rig.app.inject({ method, url, payload, headers })
  await send('POST', '/api/auth/login', { email, password: 'not my password' })
  await rig.get('/api/auth/export', headers)
  await send('DELETE', '/api/auth/account', { password: 'not my password' })
  await send('DELETE', '/api/auth/account', { password })
  const records = await rig.store.audit.list({ limit: 20 })
  t.same(
    records.reverse().map(({ action, outcome, actor }) => `${action} ${outcome} ${actor}`),
    [
      `account.create ok user:${userId}`,
      `account.login ok user:${userId}`,
      'account.login refused anonymous',
      `account.export ok user:${userId}`,
      `account.delete refused user:${userId}`,
      `account.delete ok user:${userId}`,
    ],
  )
  t.notOk(JSON.stringify(records).includes(email))
  const [refused] = records.filter(({ actor }) => actor === 'anonymous')
  t.equal(refused?.subject, userId, 'whose account it was tried on')
})
