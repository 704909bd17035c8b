import t from 'tap'
import { createAccessTokens, createSignInCheck, createSocketGuard } from '../src/index.js'

const secret = Buffer.from('a secret for tests, and for nothing else')
const tokens = createAccessTokens({ secret, lifetimeMs: 60_000, now: Date.now })

t.test('sockets of somebody’s session', async (t) => {
  const guardOf = (wsAuth: 'optional' | 'required', isSignedIn = true) =>
    createSocketGuard({ wsAuth, tokens, signIns: { goesOn: async () => isSignedIn } })
  const offer = async (userId: string) => [
    'bemore.v1',
    `bemore.token.${await tokens.issue(userId, 'sign_1')}`,
  ]
  t.same(await guardOf('optional')('user_1', ['bemore.v1']), { signInId: null }, 'by the id alone')
  t.equal(await guardOf('required')('user_1', ['bemore.v1']), 'AUTH_REQUIRED')
  for (const wsAuth of ['optional', 'required'] as const) {
    const guard = guardOf(wsAuth)
    t.equal(await guard('user_1', ['bemore.token.garbage']), 'TOKEN_INVALID', wsAuth)
    t.equal(await guard('user_1', await offer('user_2')), 'SESSION_NOT_YOURS', wsAuth)
    t.same(await guard('user_1', await offer('user_1')), { signInId: 'sign_1' }, wsAuth)
    t.equal(await guardOf(wsAuth, false)('user_1', await offer('user_1')), 'TOKEN_INVALID', wsAuth)
  }
})

t.test(
  'a sign-in goes on while nobody can be asked, but not one that is known to have ended',
  async (t) => {
    let answer: boolean | 'away' | 'broken' = true
    const check = createSignInCheck({
      async ask() {
        if (typeof answer === 'string') throw new Error(answer)
        return answer
      },
      isAway: (error) => (error as Error).message === 'away',
    })
    t.equal(await check.goesOn('a'), true)
    answer = false
    t.equal(await check.goesOn('b'), false)
    answer = 'away'
    t.equal(await check.goesOn('a'), true)
    t.equal(await check.goesOn('b'), false, 'known to have ended')
    check.note(['a'])
    t.equal(await check.goesOn('a'), false)
    answer = 'broken'
    await t.rejects(check.goesOn('c'), /broken/)
  },
)
