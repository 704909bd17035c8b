import { randomUUID } from 'node:crypto'
import type { SessionReport } from '@bemore/core'
import { createEvent } from '@bemore/core'
import t from 'tap'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, type Rig } from './rig.js'

/** The web client fires these three the instant its user ends the session, and asks never again. */
const ORDERS = [
  ['end', 'summary', 'report'],
  ['summary', 'end', 'report'],
  ['report', 'summary', 'end'],
] as const

const ask = (rig: Rig, id: string, what: (typeof ORDERS)[number][number]) =>
  what === 'end' ? rig.post(`/api/session/${id}/end`) : rig.get(`/api/session/${id}/${what}`)

t.test('the end of a session', async (t) => {
  const rig = await createRig(t, { env: { FLUSH_TIMEOUT_MS: '10000' } })
  await rig.bus.ready(5_000)
  const realtime = await createFakeRealtime(t, rig)

  for (const order of ORDERS) {
    t.test(`asked for at once as ${order.join(', ')} gives the final result to all`, async (t) => {
      const id = await rig.start()
      await realtime.appendWindow(id, makeWindow(0))
      let index = 0
      await realtime.openChannel(id, () => makeWindow(++index, { valence: -0.5 }))
      const replies = await Promise.all(order.map((what) => ask(rig, id, what)))
      const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
      t.equal(report.interim, false)
      for (const [place, what] of order.entries()) {
        const { interim, seq } = dataOf<SessionReport>(replies[place] as (typeof replies)[0])
        if (what === 'end') continue
        t.equal(interim, false, `the ${what} waited for the end`)
        t.equal(seq, report.seq, `the ${what} holds the last windows`)
      }
      t.ok(report.vadTimeline.some(({ valence }) => valence === -0.5))
    })
  }

  t.test('does not wait for channels of a process that is dead', async (t) => {
    const id = await rig.start()
    await rig.store.log.append([
      {
        sessionId: id,
        event: createEvent('channel.opened', Date.now(), {
          channel: 'voice',
          connectionId: randomUUID(),
          processId: 'long-dead',
        }),
        producer: 'long-dead',
        producerSeq: 1,
      },
    ])
    const before = performance.now()
    const reply = await rig.post(`/api/session/${id}/end`)
    t.equal(reply.statusCode, 200)
    t.ok(
      performance.now() - before < rig.config.flushTimeoutMs,
      'the flush timeout was not used up',
    )
    t.equal(dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`)).status, 'ended')
  })
})

t.test('an end answers in time although a channel never closes', async (t) => {
  const rig = await createRig(t, { env: { FLUSH_TIMEOUT_MS: '100' } })
  await rig.bus.ready(5_000)
  const realtime = await createFakeRealtime(t, rig)
  const id = await rig.start()
  const stuck = { channel: 'session' as const, connectionId: randomUUID() }
  await rig.store.log.append([
    {
      sessionId: id,
      event: createEvent('channel.opened', Date.now(), { ...stuck, processId: realtime.processId }),
      producer: 'stuck',
      producerSeq: 1,
    },
  ])
  const reply = await rig.post(`/api/session/${id}/end`)
  t.equal(reply.statusCode, 200)
  t.ok(rig.logged().some(({ event }) => event === 'session.end_unsettled'))
  t.equal(dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`)).interim, false)
})
