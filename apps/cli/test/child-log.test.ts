import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createPalette } from '../src/palette.js'
import { createChildLog } from '../src/up/child-log.js'
import { openLogFile } from '../src/up/log-file.js'
import { isWorthSaying, readLogLine } from '../src/up/log-line.js'

const json = (line: object) => JSON.stringify(line)

t.test('a person sees warnings, worse, and what begins and ends', async (t) => {
  const worth = (line: string) => isWorthSaying(readLogLine(line))
  t.ok(worth(json({ level: 'warn', event: 'bus.lost', msg: 'the bus is lost' })))
  t.ok(worth(json({ level: 'fatal', event: 'process.start_failed', msg: 'no' })))
  t.ok(worth(json({ level: 'info', event: 'stop.begin', msg: 'stopping' })))
  t.ok(worth('Error: something that Node itself printed'))
  t.notOk(worth(json({ level: 'info', event: 'request.done', msg: 'GET /' })))
  t.notOk(worth(json({ level: 'debug', event: 'stop.detail', msg: 'x' })))
  t.notOk(worth(''))
})

t.test('everything is in the file, what matters on the terminal, and not endlessly', async (t) => {
  const path = join(t.testdir(), 'logs', 'api.log')
  const said: string[] = []
  const file = openLogFile({ path, maxBytes: 1e6, onTrouble: (error) => t.fail(error.message) })
  const log = createChildLog({
    name: 'api',
    file,
    say: (line) => said.push(line),
    paint: createPalette(false),
    now: () => 5_000,
  })
  const lines = [
    json({ level: 'info', event: 'request.done', msg: 'GET /' }),
    ...Array.from({ length: 100 }, (_, at) =>
      json({ level: 'warn', event: 'flood', msg: `no ${at}` }),
    ),
  ]
  log.take(Buffer.from(`${lines.join('\n')}\nlast words`))
  log.flush()
  file.close()

  t.same((await readFile(path, 'utf8')).split('\n'), [...lines, 'last words', ''])
  t.equal(said.length, 21)
  t.match(said[0], /^\d\d:\d\d:\d\d api warn no 0 \(flood\)$/)
  t.match(said[20], `more of it in ${path}`)
})

t.test('a full file makes way, and two older ones are kept', async (t) => {
  const folder = t.testdir()
  const path = join(folder, 'api.log')
  const file = openLogFile({ path, maxBytes: 10, onTrouble: (error) => t.fail(error.message) })
  for (const line of ['first line', 'second line', 'third line', 'fourth line'])
    file.writeLine(line)
  file.close()
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  t.equal(await read('api.log'), 'fourth line\n')
  t.equal(await read('api.log.1'), 'third line\n')
  t.equal(await read('api.log.2'), 'second line\n')
  await t.rejects(read('api.log.3'), { code: 'ENOENT' })
})
