import t from 'tap'
import { COMMANDS, main } from '../src/main.js'
import { findFreePort } from '../src/up/ports.js'
import { createTestTerminal } from './fixtures/test-terminal.js'

t.test('help names every command, and each has its own', async (t) => {
  const terminal = createTestTerminal()
  t.equal(await main(['--help'], terminal), 0)
  for (const name of Object.keys(COMMANDS)) {
    t.match(terminal.said(), new RegExp(`^  ${name} `, 'm'))
    const own = createTestTerminal()
    t.equal(await main([name, '--help'], own), 0)
    t.match(own.said(), new RegExp(`^Usage: bemore ${name}`))
  }
})

t.test('without a command: the commands, and 64', async (t) => {
  const terminal = createTestTerminal()
  t.equal(await main([], terminal), 64)
  t.match(terminal.said(), /Usage: bemore <command>/)
})

const MISTAKES = [
  { argv: ['upp'], says: /there is no command "upp"/ },
  { argv: ['toString'], says: /there is no command "toString"/ },
  { argv: ['up', '--prot', '1'], says: /Unknown option '--prot'/ },
  { argv: ['up', 'now'], says: /positional/ },
  { argv: ['up', '--port', '70000'], says: /--port takes a whole number from 0 to 65535/ },
  { argv: ['up', '--realtime-processes', '0'], says: /--realtime-processes takes/ },
  { argv: ['demo', '--seconds', 'ten'], says: /--seconds takes a whole number/ },
  { argv: ['demo', '--format', 'xml'], says: /--format takes json, f32, u16/ },
  { argv: ['admin'], says: /processes, sessions, incidents, errors, audit or drain/ },
  { argv: ['admin', 'drain'], says: /drain which process/ },
  { argv: ['admin', 'audit', 'all'], says: /too many arguments: all/ },
  { argv: ['admin', 'audit', '--limit', '0'], says: /--limit takes a whole number from 1 to 200/ },
  { argv: ['demo', '--url', 'localhost:8000'], says: /--url takes an http/ },
]
for (const { argv, says } of MISTAKES) {
  t.test(`\`bemore ${argv.join(' ')}\` is told what is wrong, and 64`, async (t) => {
    const terminal = createTestTerminal()
    t.equal(await main(argv, terminal), 64)
    t.match(terminal.complained(), says)
    t.equal(terminal.said(), '')
  })
}

t.test('migrate without DATABASE_URL: 78, naming it', async (t) => {
  const terminal = createTestTerminal()
  t.equal(await main(['migrate'], terminal), 78)
  t.match(terminal.complained(), /DATABASE_URL: not set/)
})

t.test('admin without ADMIN_TOKEN: 78, naming it; with nobody there: 69, without it', async (t) => {
  const port = await findFreePort('127.0.0.1')
  const args = ['admin', 'processes', '--url', `http://127.0.0.1:${port}`]
  const bare = createTestTerminal()
  t.equal(await main(args, bare), 78)
  t.match(bare.complained(), /ADMIN_TOKEN is not set/)
  const env = { ADMIN_TOKEN: 'an-operator-token-of-32-letters!' }
  const terminal = createTestTerminal({ env })
  t.equal(await main(args, terminal), 69)
  t.match(terminal.complained(), /does not answer/)
  t.notMatch(terminal.complained(), env.ADMIN_TOKEN)
  const short = createTestTerminal({ env: { ADMIN_TOKEN: 'short-secret' } })
  t.equal(await main(args, short), 78)
  t.match(short.complained(), /ADMIN_TOKEN: too short/)
  t.notMatch(short.complained(), 'short-secret')
})

t.test('migrate with nobody at DATABASE_URL: 69, without the password', async (t) => {
  const port = await findFreePort('127.0.0.1')
  const env = { DATABASE_URL: `postgres://user:secret-word@127.0.0.1:${port}/bemore` }
  const terminal = createTestTerminal({ env })
  t.equal(await main(['migrate'], terminal), 69)
  t.match(terminal.complained(), /The database is not to be had: .*ECONNREFUSED/)
  t.notMatch(terminal.complained(), 'secret-word')
})

t.test('up with a setting that a child would refuse: 78 before anything starts', async (t) => {
  const env = { PORT: '0', REALTIME_PORT: '0', MAX_CONNECTIONS: 'many' }
  const terminal = createTestTerminal({ env, cwd: t.testdir() })
  t.equal(await main(['up'], terminal), 78)
  t.match(terminal.complained(), /MAX_CONNECTIONS: not a whole number/)
  t.equal(terminal.said(), '')
})

t.test('demo and status with nothing running: 69, and how to start it', async (t) => {
  const url = `http://127.0.0.1:${await findFreePort('127.0.0.1')}`
  const demo = createTestTerminal()
  t.equal(await main(['demo', '--url', url], demo), 69)
  t.match(demo.complained(), `Nothing answers at ${url}. Start it first: npm start`)
  const status = createTestTerminal({ cwd: t.testdir() })
  t.equal(await main(['status'], status), 69)
  t.match(status.complained(), /Nothing runs in this folder.*npm start/)
})
