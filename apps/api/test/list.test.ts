import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

interface Page {
  sessions: { sessionId: string; status: string }[]
  nextCursor: string | null
}
const device = (name: string) => ({ 'x-device-id': `device_of_${name}` })

t.test('the list of sessions', async (t) => {
  // Starts within this time of each other would be one session.
  const rig = await createRig(t, { env: { START_DEDUPE_MS: '1' } })
  const list = async (query: string, headers = {}) =>
    dataOf<Page>(await rig.get(`/api/session${query}`, headers))

  const mine: string[] = []
  for (let count = 0; count < 5; count += 1) {
    mine.unshift(await rig.start({}, { ...device('mine'), 'idempotency-key': `key-${count}` }))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const theirs = await rig.start({}, device('theirs'))
  await rig.start()

  t.test('holds the sessions of the caller’s device, newest first, and no others', async (t) => {
    const { sessions, nextCursor } = await list('', device('mine'))
    t.strictSame(
      sessions.map(({ sessionId }) => sessionId),
      mine,
    )
    t.equal(nextCursor, null)
    t.strictSame(
      (await list('', device('theirs'))).sessions.map(({ sessionId }) => sessionId),
      [theirs],
    )
  })

  t.test('is empty for a caller without a device, whatever there is', async (t) => {
    t.strictSame(await list('?limit=100'), { sessions: [], nextCursor: null })
  })

  t.test('never tells a device id', async (t) => {
    t.notMatch((await rig.get('/api/session', device('mine'))).body, /device_of/)
  })

  t.test('comes in pages that join without gap or overlap', async (t) => {
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`, device('mine'))
      seen.push(...page.sessions.map(({ sessionId }) => sessionId))
      cursor = page.nextCursor ?? ''
    }
    t.strictSame(seen, mine)
    t.equal(cursor, '')
  })

  t.test('can be narrowed to a status', async (t) => {
    await rig.post(`/api/session/${mine[1]}/end`)
    const { sessions } = await list('?status=ended', device('mine'))
    t.strictSame(
      sessions.map(({ sessionId }) => sessionId),
      [mine[1]],
    )
  })

  t.test('refuses what is no limit, cursor or status', async (t) => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'status=gone']) {
      const reply = await rig.get(`/api/session?${query}`, device('mine'))
      t.equal(reply.statusCode, 400, query)
      t.equal(errorOf(reply).details?.[0]?.field, `querystring/${query.split('=')[0]}`)
    }
  })
})
