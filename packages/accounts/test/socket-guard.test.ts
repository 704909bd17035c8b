import t from 'tap'
import { createAccessTokens, createSocketGuard } from '../src/index.js'

const secret = Buffer.from('a secret for tests, and for nothing else')
const tokens = createAccessTokens({ secret, lifetimeMs: 60_000, now: Date.now })

t.test('sockets of somebody’s session', async (t) => {
  const guardOf = (signedIn = true) =>
    createSocketGuard({ tokens, isSignedIn: async () => signedIn })
  const offer = async (userId: string) => [
    'bemore.v1',
    `bemore.token.${await tokens.issue(userId, 'sign_1')}`,
  ]

  const guard = guardOf()
  t.equal(await guard('user_1', ['bemore.v1']), 'AUTH_REQUIRED')
  t.equal(await guard('user_1', ['bemore.token.garbage']), 'TOKEN_INVALID')
  t.equal(await guard('user_1', await offer('user_2')), 'SESSION_NOT_YOURS')
  t.equal(await guard('user_1', await offer('user_1')), null)
  t.equal(await guardOf(false)('user_1', await offer('user_1')), 'TOKEN_INVALID')
})
