import t from 'tap'
import { createDemoScreen, type DemoProgress, renderProgress } from '../src/demo/demo-screen.js'
import { createTestTerminal } from './fixtures/test-terminal.js'

const PROGRESS: DemoProgress = {
  elapsedMs: 12_345,
  totalMs: 45_000,
  doing: 'surprised',
  affect: null,
  framesPerSecond: 14.6,
  windows: 1,
  sockets: ['open', 'open', 'open'],
}
const CLEAR = '\r\u001b[2K'

t.test('the line says all there is, and fits', async (t) => {
  const line = renderProgress(PROGRESS, 200)
  for (const word of ['12/45 s', 'surprised → - ', '15 fps', '1 windows', 'connected']) {
    t.match(line, word)
  }
  t.match(renderProgress(PROGRESS, 80), 'connected', 'even in the narrowest of usual terminals')
  t.equal(renderProgress(PROGRESS, 40).length, 39, 'a full line would wrap')
  const waiting = { ...PROGRESS, sockets: ['open', 'waiting', 'connecting'] as const }
  t.match(renderProgress(waiting, 200), 'reconnecting (1 of 3 open)')
})

t.test('in a terminal one line is rewritten, and notes go above it', async (t) => {
  const terminal = createTestTerminal({ interactive: true, columns: 60 })
  const screen = createDemoScreen(terminal, () => 0)
  screen.progress(PROGRESS)
  const line = renderProgress(PROGRESS, 60)
  screen.note('window 0: happy')
  screen.end()
  t.equal(terminal.said(), `${CLEAR}${line}${CLEAR}› window 0: happy\n${line}\n`)
})

t.test('in a file there is a line every 2 s and no control character', async (t) => {
  const terminal = createTestTerminal()
  let now = 0
  const screen = createDemoScreen(terminal, () => now)
  for (; now < 5_000; now += 250) screen.progress(PROGRESS)
  screen.note('window 0: happy')
  screen.end()
  const lines = terminal.said().split('\n')
  t.equal(lines.length, 3 + 1 + 1)
  t.equal(lines[3], '› window 0: happy')
  for (const control of ['\r', '\u001b']) t.notOk(terminal.said().includes(control))
})
