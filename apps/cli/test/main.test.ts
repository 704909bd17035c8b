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
