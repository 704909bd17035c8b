import t from 'tap'
import { createRestartBackoff, RESTART_POLICY } from '../src/up/restart-backoff.js'

t.test('doubles from 200 ms to 5 s', async (t) => {
  const backoff = createRestartBackoff(RESTART_POLICY)
  const delays = Array.from({ length: 8 }, () => backoff.next(0))
  t.same(delays, [200, 400, 800, 1600, 3200, 5000, 5000, 5000])
})

t.test('starts anew after 30 s of health', async (t) => {
  const backoff = createRestartBackoff(RESTART_POLICY)
  for (let death = 0; death < 6; death++) backoff.next(29_999)
  t.equal(backoff.next(29_999), 5000)
  t.equal(backoff.next(30_000), 200)
  t.equal(backoff.next(0), 400)
})
