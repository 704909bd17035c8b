import type { Bus, SessionRow, Store } from '@bemore/store'
import t from 'tap'
import { createEndWatch, type EndWatchDeps } from '../src/reports/end-watch.js'

const AT = 1_800_000_000_000
const ROW: SessionRow = {
  id: 'sess_AAAAAAAAAAAAAAAAAAAAAA',
  status: 'active',
  ownerId: null,
  deviceId: null,
  language: 'en',
  startedAt: AT,
  endedAt: null,
  lastSeq: 7,
  openChannels: 1,
  connectedAt: AT,
  lastActiveAt: AT,
  consent: {},
}
const ENDED: SessionRow = { ...ROW, status: 'ended', endedAt: AT + 1, lastSeq: 9 }

/** A watch over a row that the test changes, told of it by `ring` and by nothing else. */
function createRig(over: Partial<EndWatchDeps> = {}) {
  const world = {
    row: ROW as SessionRow | null,
    underway: undefined as Promise<unknown> | undefined,
  }
  const held = new Map<object, { since: number; ring: (seq: number | null) => void }>()
  const bus = {
    hold(_id: string, since: number, ring: (seq: number | null) => void) {
      const hold = { seq: since, advance() {}, release: () => void held.delete(hold) }
      held.set(hold, { since, ring })
      return hold
    },
  } as unknown as Bus
  const wait = createEndWatch({
    store: { sessions: { get: async () => world.row } } as unknown as Store,
    bus,
    ending: { underway: () => world.underway },
    holdMs: 20_000,
    ...over,
  })
  return {
    ...{ world, held, wait: () => wait(ROW) },
    ring: () => {
      for (const { ring } of held.values()) ring(9)
    },
  }
}

t.test('an end that is hinted at is noticed at once', async (t) => {
  const rig = createRig()
  const waited = rig.wait()
  t.same(
    [...rig.held.values()].map(({ since }) => since),
    [ROW.lastSeq],
    'it listens for what comes after the row',
  )
  rig.world.row = ENDED
  rig.ring()
  t.equal(await waited, true)
  t.equal(rig.held.size, 0, 'nothing is held on to')
})

t.test('growth of the log is no end', async (t) => {
  const rig = createRig({ holdMs: 50 })
  const waited = rig.wait()
  rig.ring()
  t.equal(await waited, false)
  t.equal(rig.held.size, 0)
})

t.test('an end is noticed although its hint is lost', async (t) => {
  const rig = createRig()
  const waited = rig.wait()
  rig.world.row = ENDED
  t.equal(await waited, true)
})

t.test(
  'an end that is under way here, and a session that is gone, are waited for no longer',
  async (t) => {
    const ending = createRig()
    const waited = ending.wait()
    ending.world.underway = Promise.resolve()
    ending.ring()
    t.equal(await waited, true)
    const erased = createRig()
    const other = erased.wait()
    erased.world.row = null
    erased.ring()
    t.equal(await other, true)
  },
)

t.test('no more wait at once than may, and who waited gives his place back', async (t) => {
  const rig = createRig({ maxWaiting: 1 })
  const first = rig.wait()
  t.equal(await rig.wait(), false)
  t.equal(rig.held.size, 1)
  rig.world.row = ENDED
  rig.ring()
  t.equal(await first, true)
  rig.world.row = ROW
  const third = rig.wait()
  t.equal(rig.held.size, 1)
  rig.world.row = ENDED
  rig.ring()
  t.equal(await third, true)
})

t.test('a trouble of the database gives the place back, too', async (t) => {
  const get = async () => {
    throw new Error('away')
  }
  const rig = createRig({ maxWaiting: 1, store: { sessions: { get } } as unknown as Store })
  for (let time = 0; time < 2; time += 1) {
    const waited = rig.wait()
    rig.ring()
    await t.rejects(waited, /away/)
  }
  t.equal(rig.held.size, 0)
})

t.test('nobody waits where it is switched off', async (t) => {
  const rig = createRig({ holdMs: 0 })
  t.equal(await rig.wait(), false)
})
