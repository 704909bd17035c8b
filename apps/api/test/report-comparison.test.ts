import type { SessionReport } from '@bemore/core'
import t from 'tap'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, until } from './rig.js'

const KINDS = ['report', 'report.html', 'report/pdf'] as const

t.setTimeout(60_000)

t.test('what a kept report says of earlier sessions goes with them', async (t) => {
  const rig = await createRig(t, { env: { RATE_LIMIT_PER_MINUTE: '10000' } })
  await rig.bus.ready(5_000)
  const realtime = await createFakeRealtime(t, rig)

  /** Three ended sessions of one person, and what there is to see of the last. */
  const createPast = async () => {
    const { userId: ownerId, headers } = await rig.signUp()
    const past = async (minutesAgo: number) => {
      const at = Date.now() - minutesAgo * 60_000
      const start = { ownerId, at, language: 'en', deviceWindowMs: 0 } as const
      const { session } = await rig.store.sessions.start(start)
      for (let index = 0; index < 6; index += 1) {
        await realtime.appendWindow(session.id, makeWindow(index))
      }
      await rig.post(`/api/session/${session.id}/end`, headers)
      return session.id
    }
    const [first, second, last] = [await past(50), await past(40), await past(30)]
    const get = (kind: string) => rig.get(`/api/session/${last}/${kind}`, headers)
    const compared = async () =>
      dataOf<SessionReport>(await get('report')).comparison?.sessions ?? 0
    const tagOf = async (kind: string) => {
      const { statusCode, headers } = await get(kind)
      if (statusCode !== 200) throw new Error(`${kind}: ${statusCode}`)
      return headers['etag'] as string
    }
    const tags = async () => Promise.all(KINDS.map(tagOf))
    return { headers, first, second, last, compared, tags }
  }
  type Past = Awaited<ReturnType<typeof createPast>>

  for (const [name, erase] of [
    [
      'an erasure',
      ({ headers, first }: Past) =>
        rig.app.inject({ method: 'DELETE', url: `/api/session/${first}`, headers }),
    ],
    [
      'a withdrawal',
      ({ headers, first }: Past) =>
        rig.app.inject({
          ...{ method: 'PUT', url: `/api/session/${first}/consent`, headers },
          payload: { face: false },
        }),
    ],
  ] as const) {
    t.test(`at the moment of ${name} here`, async (t) => {
      const past = await createPast()
      t.equal(await past.compared(), 2)
      const before = await past.tags()
      await erase(past)
      const after = await past.tags()
      for (const [i, kind] of KINDS.entries()) t.not(after[i], before[i], kind)
    })
  }

  t.test('soon after an erasure by another process', async (t) => {
    const past = await createPast()
    const before = await past.tags()
    await rig.store.erasure.session(past.second)
    await until('it is known', async () => (await past.compared()) === 1)
    t.not((await past.tags())[0], before[0])
    await rig.store.erasure.session(past.first)
    await until('it stands alone', async () => (await past.compared()) === 0)
  })

  t.test('soon after an expiry', async (t) => {
    const past = await createPast()
    const before = await past.tags()
    await rig.database.query(
      (sql) => sql`update sessions set ended_at = 'epoch' where id = ${past.first}`,
    )
    t.ok(Number(await rig.store.erasure.expireData(2, Date.now(), 'retention')) > 0)
    await until('it is known', async () => (await past.tags()).every((tag, i) => tag !== before[i]))
  })
  t.test('at once where no hint comes', async (t) => {
    const past = await createPast()
    t.equal(await past.compared(), 2)
    await rig.bus.close()
    t.equal(await past.compared(), 2)
    await rig.store.erasure.session(past.first)
    t.equal(await past.compared(), 1)
  })
})
