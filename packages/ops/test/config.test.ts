import t from 'tap'
import { ConfigError, readApiConfig, readRealtimeConfig, SETTINGS } from '../src/index.js'

const DATABASE_URL = 'postgres://user:hunter2@localhost/bemore'

t.test('a database address is all that must be set', async (t) => {
  const config = readApiConfig({ DATABASE_URL })
  t.equal(config.port, 8000)
  t.equal(config.databaseUrl, DATABASE_URL)
  t.equal(readRealtimeConfig({ DATABASE_URL }).realtimePort, 8001)
})

t.test(
  'every missing and malformed variable is named at once, with what is expected',
  async (t) => {
    const read = () =>
      readApiConfig({ PORT: 'eighty', CORS_ORIGINS: 'https://a.example', TRUSTED_PROXIES: 'maybe' })
    const error = t.throws(read, ConfigError) as ConfigError
    t.same(
      error.faults.map((fault) => fault.variable),
      ['DATABASE_URL', 'PORT', 'TRUSTED_PROXIES'],
    )
    t.match(error.message, /PORT: not a whole number; expected a whole number from 0 to 65535/)
    t.match(error.message, /DATABASE_URL: not set/)
  },
)

t.test('a malformed secret is named but never printed', async (t) => {
  const error = t.throws(() => readApiConfig({ DATABASE_URL: 'mysql://u:hunter2@h/db' })) as Error
  t.match(error.message, /its scheme is mysql/)
  t.notMatch(error.message, /hunter2/)
})

t.test('an empty variable counts as not set', async (t) => {
  t.equal(readApiConfig({ DATABASE_URL, PORT: '' }).port, 8000)
})

t.test('numbers outside their range are refused', async (t) => {
  t.throws(() => readApiConfig({ DATABASE_URL, PORT: '70000' }), /out of range/)
  t.throws(() => readRealtimeConfig({ DATABASE_URL, MALFORMED_LIMIT: '0' }), /out of range/)
})

t.test('a time zone is one that there is', async (t) => {
  t.equal(readApiConfig({ DATABASE_URL }).defaultTimeZone, 'Asia/Seoul')
  t.equal(readApiConfig({ DATABASE_URL, DEFAULT_TIME_ZONE: 'UTC' }).defaultTimeZone, 'UTC')
  for (const zone of ['Mars/Olympus', '+09:00']) {
    t.throws(() => readApiConfig({ DATABASE_URL, DEFAULT_TIME_ZONE: zone }), /no such time zone/)
  }
})

t.test('lists are split and trimmed; URLs lose their trailing slash', async (t) => {
  const config = readApiConfig({
    DATABASE_URL,
    CORS_ORIGINS: ' https://a.example , https://b.example ,',
    REALTIME_PUBLIC_URL: 'wss://rt.example/',
  })
  t.same(config.corsOrigins, ['https://a.example', 'https://b.example'])
  t.equal(config.realtimePublicUrl, 'wss://rt.example')
})

t.test('a platform’s own names and forms are understood', async (t) => {
  const config = readApiConfig({
    DATABASE_URL,
    RENDER_GIT_COMMIT: 'abc',
    REALTIME_INTERNAL_URL: 'bemore-realtime-x1:8001',
  })
  t.equal(config.commit, 'abc')
  t.equal(config.realtimeInternalUrl, 'http://bemore-realtime-x1:8001')
  const own = readApiConfig({ DATABASE_URL, RENDER_GIT_COMMIT: 'abc', COMMIT: 'def' })
  t.equal(own.commit, 'def')
})

t.test('no two settings read the same variable', async (t) => {
  const variables = Object.values(SETTINGS).map((setting) => setting.variable)
  t.equal(new Set(variables).size, variables.length)
})
