import t from 'tap'
import { createHealth, createPressure, type PressureLevel } from '../src/index.js'
import { chooseMemoryLimit } from '../src/pressure/memory-limit.js'

const GIB = 2 ** 30
const LIMITS = { memoryLimitBytes: 1_000, memoryShedRatio: 0.8, loopDelayShedMs: 100 }

function build() {
  const health = createHealth(() => 0)
  health.markReady()
  const pressure = createPressure(LIMITS, health)
  const heard: PressureLevel[] = []
  pressure.onChange((level) => heard.push(level))
  const codes = () => health.snapshot().causes.map(({ code }) => code)
  const look = (rssBytes: number, loopDelayMs: number) => pressure.look({ rssBytes, loopDelayMs })
  return { pressure, heard, codes, look }
}

t.test('memory near its ceiling samples, nearer refuses, and both are a cause', async (t) => {
  const { pressure, codes, look } = build()
  look(799, 0)
  t.equal(pressure.level, 'none')
  look(800, 0)
  t.equal(pressure.level, 'sample')
  t.same(codes(), ['MEMORY_HIGH'])
  look(900, 0)
  t.equal(pressure.level, 'refuse')
})

t.test('relief has to last before load is let in again', async (t) => {
  const { pressure, heard, codes, look } = build()
  look(900, 0)
  for (let i = 0; i < 10; i++) look(860, 0)
  t.equal(pressure.level, 'refuse', 'a value just below its mark is no relief')
  for (let i = 0; i < 4; i++) look(100, 0)
  t.equal(pressure.level, 'refuse', 'nor is a moment')
  look(100, 0)
  t.equal(pressure.level, 'none')
  t.same(codes(), [])
  t.same(heard, ['refuse', 'none'], 'listeners hear of changes only')
})

t.test('one long pause of the loop is no load, a lasting lag is', async (t) => {
  const { pressure, codes, look } = build()
  look(0, 5_000)
  look(0, 1)
  look(0, 5_000)
  t.equal(pressure.level, 'none')
  look(0, 120)
  t.equal(pressure.level, 'sample')
  t.same(codes(), ['LOOP_SLOW'])
  look(0, 450)
  look(0, 450)
  t.equal(pressure.level, 'refuse')
  t.equal(pressure.loopDelayMs, 450)
})

t.test('the worse of memory and loop decides', async (t) => {
  const { pressure, codes, look } = build()
  look(850, 500)
  look(850, 500)
  t.equal(pressure.level, 'refuse')
  t.same(codes(), ['MEMORY_HIGH', 'LOOP_SLOW'])
})

t.test('the ceiling is the configured, else the container’s, else most of the host', async (t) => {
  const host = { containerBytes: GIB, totalBytes: 8 * GIB }
  t.equal(chooseMemoryLimit(123, host), 123)
  t.equal(chooseMemoryLimit(0, host), GIB)
  for (const containerBytes of [0, 2 ** 64]) {
    t.equal(chooseMemoryLimit(0, { ...host, containerBytes }), Math.floor(0.8 * 8 * GIB))
  }
})
