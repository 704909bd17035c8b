import t from 'tap'
import { openStore } from './test-store.js'

t.test('the audit log', async (t) => {
  const { store, direct } = await openStore(t)
  const entry = { actor: 'admin', action: 'process.drain', outcome: 'ok' } as const
  for (const subject of ['a', 'b', 'c']) {
    await store.audit.record({ ...entry, subject, requestId: null })
  }

  t.test('is read from the newest, in pages', async (t) => {
    const first = await store.audit.list({ limit: 2 })
    t.match(first, [{ ...entry, subject: 'c', requestId: null, at: Number }, { subject: 'b' }])
    const before = first[1]?.id ?? 0
    t.match(await store.audit.list({ limit: 2, before }), [{ subject: 'a' }])
    t.same(await store.audit.list({ limit: 2, before: 0 }), [])
  })

  t.test('keeps to its time, the oldest going first', async (t) => {
    await direct`update audit_log set at = now() - interval '2 days' where subject <> 'c'`
    const yesterday = Date.now() - 24 * 3_600_000
    t.equal(await store.audit.expire(yesterday, 1), 1)
    t.equal(await store.audit.expire(yesterday, 5), 1)
    t.equal(await store.audit.expire(yesterday, 5), 0)
    t.match(await store.audit.list({ limit: 5 }), [{ subject: 'c' }])
  })
})
