import t from 'tap'
import { createLogger } from '../src/index.js'

function build() {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) }
  return { lines, log: createLogger({ name: 'api', level: 'trace', destination }) }
}

t.test('a line has the event it was given, and one of a library is told apart', async (t) => {
  const { lines, log } = build()
  log.info({ event: 'bus.listening' }, 'listening')
  log.child({ requestId: 'r1' }).warn('from a library')
  log.error(new Error('from a library'))
  log.info({ reqId: 1 }, 'from a library')
  const events = lines.map(({ event }) => event)
  t.same(events, ['bus.listening', 'library.line', 'library.line', 'library.line'])
  t.match(lines[2], { err: { message: 'from a library' } })
})

t.test('credentials are censored, on top and one level down', async (t) => {
  const { lines, log } = build()
  log.info({ event: 'x', token: 'SECRET', req: { headers: { authorization: 'SECRET' } } })
  log.info({ event: 'x', err: Object.assign(new Error('x'), { password: 'SECRET' }) })
  t.notMatch(JSON.stringify(lines), /SECRET/)
})
