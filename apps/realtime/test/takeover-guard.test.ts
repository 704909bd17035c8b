import t from 'tap'
import {
  createTakeoverGuard,
  TAKEOVER_BLOCK_MS,
  TAKEOVER_LIMIT,
  TAKEOVER_WINDOW_MS,
} from '../src/takeover-guard.js'

t.test(
  'a channel taken over too often in a short time refuses newcomers for a while',
  async (t) => {
    const guard = createTakeoverGuard()
    for (let i = 0; i < TAKEOVER_LIMIT; i++) guard.record('s', 'voice', i * 1_000)
    t.equal(guard.blockedForMs('s', 'voice', 5_000), 0, 'as often as a bad network may cause')
    guard.record('s', 'voice', 6_000)
    t.equal(guard.blockedForMs('s', 'voice', 6_000), TAKEOVER_BLOCK_MS)
    t.equal(guard.blockedForMs('s', 'landmarks', 6_000), 0, 'other channels are not concerned')
    t.equal(guard.blockedForMs('other', 'voice', 6_000), 0, 'nor are other sessions')
    t.equal(guard.blockedForMs('s', 'voice', 6_000 + TAKEOVER_BLOCK_MS), 0)
  },
)

t.test('reconnects that are far apart are nobody fighting', async (t) => {
  const guard = createTakeoverGuard()
  const times = Array.from({ length: 50 }, (_, i) => (i * TAKEOVER_WINDOW_MS) / TAKEOVER_LIMIT)
  for (const atMs of times) guard.record('s', 'voice', atMs)
  t.equal(guard.blockedForMs('s', 'voice', times.at(-1)!), 0)
})

t.test('sweeping forgets what is over and keeps what is not', async (t) => {
  const guard = createTakeoverGuard()
  for (let i = 0; i <= TAKEOVER_LIMIT; i++) guard.record('s', 'voice', i)
  guard.sweep(TAKEOVER_WINDOW_MS + 10)
  t.ok(guard.blockedForMs('s', 'voice', TAKEOVER_WINDOW_MS + 10) > 0, 'still blocked')
  guard.sweep(TAKEOVER_BLOCK_MS + TAKEOVER_WINDOW_MS)
  t.equal(guard.blockedForMs('s', 'voice', 0), 0, 'the fight was forgotten')
})
