import { SignJWT } from 'jose'
import t from 'tap'
import { createAccessTokens } from '../src/index.js'

const SECRET = Buffer.from('a secret for tests, and for nothing else')
const MINUTE = 60_000

const setUp = (secret = SECRET) => {
  let at = 1_767_000_000_000
  const tokens = createAccessTokens({ secret, lifetimeMs: 15 * MINUTE, now: () => at })
  return { tokens, pass: (ms: number) => (at += ms), now: () => at }
}

t.test('a token says whose it is until it expires, and to sign out after', async (t) => {
  const { tokens, pass, now } = setUp()
  const token = await tokens.issue('user_1', 'sign_1')
  const claims = { userId: 'user_1', signInId: 'sign_1', expiresAt: now() + 15 * MINUTE }
  t.same(await tokens.verify(token), { ok: true, claims })
  pass(15 * MINUTE - 1)
  t.match(await tokens.verify(token), { ok: true })
  pass(1)
  t.same(await tokens.verify(token), { ok: false, code: 'TOKEN_EXPIRED' })
  t.same(await tokens.readExpired(token), claims)
})

t.test('a token of another secret, algorithm, kind, issuer or audience is none', async (t) => {
  const { tokens } = setUp()
  const others = setUp(Buffer.from('another secret for tests, nothing else'))
  t.match(await tokens.verify(await others.tokens.issue('user_1', 'sign_1')), { ok: false })
  const make = (
    header: { alg?: string; typ?: string },
    claims: Record<string, unknown>,
    secret = SECRET,
  ) =>
    new SignJWT({ sid: 'sign_1', sub: 'user_1', iss: 'bemore', aud: 'bemore-api', ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .setExpirationTime('1000d')
      .sign(secret)
  t.match(await tokens.verify(await make({}, {})), { ok: true }, 'the one that is right')
  for (const [what, wrong] of Object.entries({
    algorithm: await make({ alg: 'HS512' }, {}, Buffer.alloc(64, 'x')),
    kind: await make({ typ: 'JWT' }, {}),
    issuer: await make({}, { iss: 'somebody' }),
    audience: await make({}, { aud: 'another-api' }),
    'sign-in': await make({}, { sid: undefined }),
    'sign-in of another type': await make({}, { sid: 7 }),
    length: `${await make({}, {})}${'x'.repeat(1_000)}`,
    words: 'not a token',
    nothing: '',
  })) {
    t.same(await tokens.verify(wrong), { ok: false, code: 'TOKEN_INVALID' }, what)
    t.equal(await tokens.readExpired(wrong), null, what)
  }
})
