import fc from 'fast-check'
import t from 'tap'
import { createFrameClock, MAX_LAG_MS } from '../src/frame-clock.js'

t.test('even client times stay even through a jittery network', async (t) => {
  const clock = createFrameClock()
  const jitter = [0, 80, 15, 130, 0, 60, 5, 90]
  const times = jitter.map((late, i) => clock.capturedAt(i * 100, 1_000_000 + i * 100 + late))
  const steps = times.slice(1).map((time, i) => time - times[i]!)
  t.same(steps, [100, 100, 100, 100, 100, 100, 100])
})

t.test('a client clock hours off, either way, makes no difference', async (t) => {
  for (const off of [-5 * 3_600_000, 5 * 3_600_000]) {
    const clock = createFrameClock()
    clock.capturedAt(off, 1_000)
    t.equal(clock.capturedAt(off + 100, 1_130), 1_100)
  }
})

t.test('a client clock set back is followed at once', async (t) => {
  const clock = createFrameClock()
  clock.capturedAt(1_000_000, 0)
  t.equal(clock.capturedAt(400_000, 100), 100)
  t.equal(clock.capturedAt(400_100, 230), 200)
})

t.test('frames held up by a stall keep their distances, within the longest lag', async (t) => {
  const clock = createFrameClock()
  clock.capturedAt(0, 0)
  const burst = [1_000, 2_000, 3_000].map((client) => clock.capturedAt(client, 4_000))
  t.same(burst, [1_000, 2_000, 3_000])
  t.equal(createStalled(20_000), 20_000 - MAX_LAG_MS)
})

function createStalled(arrivalMs: number): number {
  const clock = createFrameClock()
  clock.capturedAt(0, 0)
  return clock.capturedAt(100, arrivalMs)
}

t.test('a client clock that slept is learnt anew', async (t) => {
  const clock = createFrameClock()
  clock.capturedAt(0, 0)
  const arrivals = Array.from({ length: 80 }, (_, i) => 60_000 + i * 100)
  const times = arrivals.map((arrival, i) => clock.capturedAt(100 + i * 100, arrival))
  t.equal(times.at(-1), arrivals.at(-1))
})

t.test('whatever a client says, time never runs back and never ahead of arrival', async (t) => {
  const frame = fc.record({
    client: fc.double({ min: 0, max: 8.64e15, noNaN: true }),
    gap: fc.integer({ min: 0, max: 20_000 }),
  })
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 50 }), (frames) => {
        const clock = createFrameClock()
        let arrival = 0
        let before = Number.NEGATIVE_INFINITY
        for (const { client, gap } of frames) {
          arrival += gap
          const at = clock.capturedAt(client, arrival)
          // Client times go to 8.64e15, where a double's steps are a millisecond and more.
          if (!(at >= before && at <= arrival + 2 && at >= arrival - MAX_LAG_MS - 2)) return false
          before = at
        }
        return true
      }),
    ),
  )
})
