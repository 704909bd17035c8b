import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { AccessVerdict } from '@bemore/accounts'
import type { SessionRow, Store } from '@bemore/store'
import t from 'tap'
import { createCallerReader } from '../src/accounts/caller.js'
import { createSessionOwners } from '../src/sessions/session-owners.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const COUNT = 1_000
const PADDING = 16_000
/** A tenth of what the paddings are together. */
const LIMIT = (COUNT * PADDING) / 10

/** A text as it comes out of a request: cut from something longer. */
const cut = (text: string): string =>
  `${text}${'?'.repeat(PADDING)}`.split('').join('').slice(0, text.length)

async function growthOf(work: (n: number) => Promise<unknown>): Promise<number> {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < COUNT; n++) await work(n)
  collectGarbage()
  return process.memoryUsage().heapUsed - before
}

t.test('of the URL a session was asked for with nothing but its id is remembered', async (t) => {
  const get = async (id: string) =>
    ({ id: Buffer.from(id).toString(), ownerId: null }) as unknown as SessionRow
  const owners = createSessionOwners({ sessions: { get } } as unknown as Store, COUNT)
  const idOf = (n: number) => `sess_${String(n).padStart(22, '0')}`
  t.ok((await growthOf((n) => owners.read(cut(idOf(n))))) < LIMIT)
  t.equal(owners.peek(idOf(COUNT - 1)), null)
})

t.test('of the header a token came in nothing but the token is remembered', async (t) => {
  const claims = { userId: 'user', signInId: 'sign-in', expiresAt: 1_000 }
  const unused = async () => {
    throw new Error('nobody asks for it here')
  }
  const callers = createCallerReader({
    config: { tokenCheckMs: 100, tokenCacheEntries: COUNT },
    tokens: {
      ...{ readExpired: unused, issue: unused },
      verify: async (): Promise<AccessVerdict> => ({ ok: true, claims }),
    },
    accounts: { isSignedIn: async () => true },
    now: () => 0,
  })
  const tokenOf = (n: number) => `token-${String(n).padStart(30, '0')}`
  t.ok((await growthOf((n) => callers.read(cut(tokenOf(n))))) < LIMIT)
  t.match(callers.peek(tokenOf(COUNT - 1)), { userId: 'user' })
})
