import { setTimeout as delay } from 'node:timers/promises'
import { pino } from 'pino'
import t from 'tap'
import { createLifecycle, createLogger, EXIT, PHASES } from '../src/index.js'

const silent = pino({ level: 'silent' })

t.test('phases run in their order, whatever the order of registration', async (t) => {
  const lifecycle = createLifecycle({ log: silent, timeoutMs: 1_000 })
  const ran: string[] = []
  for (const phase of [...PHASES].reverse()) {
    lifecycle.onStop(phase, phase, async () => {
      await delay(1)
      ran.push(phase)
    })
  }
  t.equal(await lifecycle.stop('test'), 0)
  t.same(ran, PHASES)
})

t.test('a stuck phase costs its share of the time and the later ones still run', async (t) => {
  const lifecycle = createLifecycle({ log: silent, timeoutMs: 400 })
  const ran: string[] = []
  lifecycle.onStop('drain', 'stuck', () => new Promise(() => {}))
  lifecycle.onStop('flush', 'journal', () => void ran.push('flush'))
  lifecycle.onStop('close', 'pool', () => void ran.push('close'))
  t.equal(await lifecycle.stop('test'), 0)
  t.same(ran, ['flush', 'close'])
})

t.test('a failing step is reported and does not stop the others', async (t) => {
  const lines: string[] = []
  const log = createLogger({
    name: 'api',
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const lifecycle = createLifecycle({ log, timeoutMs: 400 })
  const ran: string[] = []
  lifecycle.onStop('refuse', 'listener', () => {
    throw new Error('already closed')
  })
  lifecycle.onStop('close', 'pool', () => void ran.push('close'))
  await lifecycle.stop('test')
  t.same(ran, ['close'])
  t.ok(lines.some((line) => line.includes('stop.step_failed') && line.includes('listener')))
})

t.test('stopping twice is stopping once', async (t) => {
  const lifecycle = createLifecycle({ log: silent, timeoutMs: 400 })
  let count = 0
  lifecycle.onStop('close', 'pool', () => void count++)
  const [first, second] = await Promise.all([lifecycle.stop('a', 70), lifecycle.stop('b')])
  t.same([first, second, count], [70, 70, 1])
})

t.test('a fault during an orderly stop is not told as an orderly stop', async (t) => {
  const lifecycle = createLifecycle({ log: silent, timeoutMs: 400 })
  lifecycle.onStop('drain', 'faulty', () => void lifecycle.stop('uncaught', EXIT.software))
  t.equal(await lifecycle.stop('SIGTERM'), EXIT.software)
})

t.test('the logger names its event and redacts secrets', async (t) => {
  const lines: string[] = []
  const log = createLogger({
    name: 'api',
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  })
  log.info(
    { event: 'test', token: 'sesame', req: { headers: { authorization: 'Bearer sesame' } } },
    'hello',
  )
  const line = JSON.parse(lines[0] ?? '{}')
  t.match(line, { name: 'api', level: 'info', event: 'test', token: '[redacted]' })
  t.notMatch(lines[0], /sesame/)
})
