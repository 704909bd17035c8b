import t from 'tap'
import { createTokenBucket } from '../src/token-bucket.js'

const takeMany = (bucket: { take(atMs: number): boolean }, count: number, atMs: number): number =>
  Array.from({ length: count }, () => bucket.take(atMs)).filter(Boolean).length

t.test('a full burst passes at once, and no more', async (t) => {
  t.equal(takeMany(createTokenBucket(10, 20), 30, 1_000), 20)
})

t.test('it refills with time, up to its capacity', async (t) => {
  const bucket = createTokenBucket(10, 20)
  takeMany(bucket, 20, 0)
  t.equal(takeMany(bucket, 30, 500), 5)
  t.equal(takeMany(bucket, 30, 3_600_000), 20)
})

t.test('a steady sender at the rate loses nothing', async (t) => {
  const bucket = createTokenBucket(60, 120)
  const passed = Array.from({ length: 6_000 }, (_, i) => bucket.take((i * 1000) / 60))
  t.ok(passed.every(Boolean))
})
