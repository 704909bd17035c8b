import t from 'tap'
import { createSlidingCount } from '../src/sliding-count.js'

t.test('counts what happened in the last ten seconds', async (t) => {
  const count = createSlidingCount()
  for (let second = 0; second < 10; second++) count.add(second * 1_000)
  t.equal(count.add(9_999), 11)
  t.equal(count.add(10_500), 11, 'the first second has passed out of view')
  t.equal(count.add(100_000), 1, 'after a pause only the newest is left')
})

t.test('a trickle below the limit never adds up', async (t) => {
  const count = createSlidingCount()
  const most = Math.max(...Array.from({ length: 1_000 }, (_, i) => count.add(i * 500)))
  t.equal(most, 20)
})
