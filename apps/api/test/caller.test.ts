import type { AccessVerdict } from '@bemore/accounts'
import t from 'tap'
import { createCallerReader } from '../src/accounts/caller.js'

/** A reader whose database answers when it is told to. */
function createReader(tokenCacheEntries = 10) {
  const answers: ((isSignedIn: boolean) => void)[] = []
  const verify = async (token: string): Promise<AccessVerdict> => ({
    ...{ ok: true, claims: { userId: 'user', signInId: `sign-in of ${token}`, expiresAt: 1_000 } },
  })
  const unused = async () => {
    throw new Error('nobody asks for it here')
  }
  const callers = createCallerReader({
    config: { tokenCheckMs: 100, tokenCacheEntries },
    tokens: { verify, readExpired: unused, issue: unused },
    accounts: { isSignedIn: () => new Promise((resolve) => answers.push(resolve)) },
    now: () => 0,
  })
  const asked = async (count: number) => {
    while (answers.length < count) await new Promise((resolve) => setImmediate(resolve))
    return answers[count - 1]!
  }
  return { callers, answers, asked }
}

t.test('what a page asks for at once is one check of its token', async (t) => {
  const { callers, answers, asked } = createReader()
  const reads = [callers.read('a'), callers.read('a'), callers.read('a')]
  ;(await asked(1))(true)
  for (const read of reads) t.match(await read, { userId: 'user' })
  t.equal(answers.length, 1)
  t.match(callers.peek('a'), { userId: 'user' }, 'and it is remembered')
})

t.test(
  'a sign-in that ends while its token is checked has ended, whatever was answered',
  async (t) => {
    const { callers, asked, answers } = createReader()
    const early = callers.read('a')
    const answerEarly = await asked(1)
    callers.forget(['sign-in of a'])
    const late = callers.read('a')
    answerEarly(true)
    await t.rejects(early, { code: 'TOKEN_INVALID' })
    await t.rejects(late, { code: 'TOKEN_INVALID' })
    t.equal(answers.length, 1, 'which need not be asked')
    t.equal(callers.peek('a'), undefined)
  },
)

t.test('as many tokens are remembered as may be, the latest', async (t) => {
  const { callers, asked } = createReader(2)
  for (const [n, token] of ['a', 'b', 'c'].entries()) {
    const read = callers.read(token)
    ;(await asked(n + 1))(true)
    await read
  }
  t.same(
    ['a', 'b', 'c'].map((token) => callers.peek(token) !== undefined),
    [false, true, true],
  )
})
