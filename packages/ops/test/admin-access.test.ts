import t from 'tap'
import {
  ConfigError,
  createAdminAccess,
  createDrainStop,
  readBearerToken,
  readSettings,
  SETTINGS,
} from '../src/index.js'

const TOKEN = 'an-operator-token-of-32-letters!'
const { adminToken } = SETTINGS

t.test('the operator’s API is open to the token and to nobody else', async (t) => {
  const isAllowed = createAdminAccess(readSettings({ adminToken }, { ADMIN_TOKEN: TOKEN }))
  t.ok(isAllowed(`Bearer ${TOKEN}`))
  t.ok(isAllowed(`bearer  ${TOKEN}`))
  for (const wrong of ['', TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`]) {
    t.notOk(isAllowed(wrong), wrong)
  }
})

t.test('a bearer token is read out of its header', async (t) => {
  t.equal(readBearerToken('Bearer a.b-c_d'), 'a.b-c_d')
  t.equal(readBearerToken('bearer   abc '), 'abc')
  for (const none of ['', 'Bearer', 'Bearer ', 'Basic abc', 'xBearer abc', 'Bearer a b']) {
    t.equal(readBearerToken(none), undefined, none)
  }
})

t.test('without a token it is closed, in development too', async (t) => {
  const isAllowed = createAdminAccess(readSettings({ adminToken }, { ADMIN_TOKEN: '' }))
  for (const header of ['', 'Bearer', 'Bearer ', 'Bearer undefined']) t.notOk(isAllowed(header))
})

t.test('a token that can be guessed, or that no header can say, is refused at start', async (t) => {
  for (const wrong of ['guessable', 'x'.repeat(23), `${TOKEN} with spaces`, '운영자'.repeat(10)]) {
    const read = () => readSettings({ adminToken }, { ADMIN_TOKEN: wrong })
    t.throws(read, ConfigError)
    try {
      read()
    } catch (error) {
      t.notMatch((error as Error).message, wrong, 'and not repeated')
    }
  }
})

t.test('a wish to drain is one orderly stop, however often it is told', async (t) => {
  const reasons: string[] = []
  const exited = new Promise<number>((exit) => {
    const drain = createDrainStop(
      {
        async stop(reason) {
          reasons.push(reason)
          return 0
        },
      },
      { exit },
    )
    drain()
    drain()
  })
  t.equal(await exited, 0)
  t.strictSame(reasons, ['drain requested'])
})
