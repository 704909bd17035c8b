import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createEvent, type SessionReport, type SessionSummary } from '@bemore/core'
import { createTestDatabase, type TestContext } from '@bemore/testing'
import t from 'tap'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, dataOf, type Rig } from './rig.js'

/**
 * The web client fires end, summary and report in one moment, on connections of their own, and asks
 * never again: in whatever order and at whichever process they arrive, each gets the same final result.
 */
type Asked = 'end' | 'summary' | 'report'
const ORDERS: readonly (readonly Asked[])[] = [
  ['end', 'summary', 'report'],
  ['end', 'report', 'summary'],
  ['summary', 'end', 'report'],
  ['report', 'end', 'summary'],
  ['summary', 'report', 'end'],
  ['report', 'summary', 'end'],
]
const GAPS_MS = [0, 15, 120]
/** Far longer than any end takes to come: who has the final result did not get it by waiting it out. */
const LONG_MS = 10_000

t.setTimeout(120_000)

async function createPair(t: TestContext, env: Record<string, string> = {}) {
  const { url } = await createTestDatabase(t)
  const wait = { END_HOLD_MS: String(LONG_MS), FLUSH_TIMEOUT_MS: String(LONG_MS), ...env }
  const rigs = [await createRig(t, { url, env: wait }), await createRig(t, { url, env: wait })]
  await Promise.all(rigs.map((rig) => rig.bus.ready(5_000)))
  return rigs as [Rig, Rig]
}

const ask = (rig: Rig, id: string, what: Asked) =>
  what === 'end' ? rig.post(`/api/session/${id}/end`) : rig.get(`/api/session/${id}/${what}`)

/** Asks one after the other, `gapMs` apart, the end and the summary of one process, the report of another. */
async function endAsWebClient(
  [here, there]: readonly [Rig, Rig],
  id: string,
  order: readonly Asked[],
  gapMs: number,
) {
  const replies = order.map(async (what, place) => {
    await delay(place * gapMs)
    return [what, await ask(what === 'report' ? there : here, id, what)] as const
  })
  const byName = Object.fromEntries(await Promise.all(replies)) as Record<
    Asked,
    Awaited<ReturnType<typeof ask>>
  >
  return {
    end: dataOf<{ status: string; lastSeq: number }>(byName.end),
    summary: dataOf<SessionSummary>(byName.summary),
    report: dataOf<SessionReport>(byName.report),
  }
}

t.test('end, summary and report at once', async (t) => {
  const rigs = await createPair(t)
  const realtime = await createFakeRealtime(t, rigs[0])

  for (const order of ORDERS) {
    for (const gapMs of GAPS_MS) {
      for (const [place, pair] of [rigs, [rigs[1], rigs[0]] as const].entries()) {
        t.test(`${order.join(', ')}, ${gapMs} ms apart, end at process ${place}`, async (t) => {
          const id = await rigs[0].start()
          await realtime.appendWindow(id, makeWindow(0))
          let index = 0
          await realtime.openChannel(id, () => makeWindow(++index, { valence: -0.5 }))
          const { end, summary, report } = await endAsWebClient(pair, id, order, gapMs)
          t.equal(end.status, 'ended')
          t.match(summary, { interim: false, status: 'ended' })
          t.match(report, { interim: false, status: 'ended' })
          t.equal(summary.seq, report.seq)
          t.equal(end.lastSeq, report.seq)
          t.same(summary.vadVector, report.vadVector)
          t.equal(summary.dominantEmotion.emotion, report.emotion.dominant)
          t.same(summary.keyObservations, report.keyObservations)
          t.same(summary.dataQuality, report.dataQuality)
          t.ok(
            report.vadTimeline.some(({ valence }) => valence === -0.5),
            'with the window that was open',
          )
          const later = dataOf<SessionReport>(await rigs[1].get(`/api/session/${id}/report`))
          t.same(later, report, 'and nothing changes after it')
        })
      }
    }
  }
})

t.test('a realtime process that died with its channels open', async (t) => {
  const rigs = await createPair(t, { FLUSH_TIMEOUT_MS: '150' })
  const dead = randomUUID()
  await rigs[0].store.processes.heartbeat({ id: dead, kind: 'realtime', info: {} })

  for (const order of ORDERS) {
    t.test(`does not keep ${order.join(', ')} from the final result`, async (t) => {
      const id = await rigs[0].start()
      await rigs[0].store.log.append(
        [
          createEvent('channel.opened', Date.now(), {
            ...{ channel: 'landmarks' as const, connectionId: randomUUID(), processId: dead },
          }),
          createEvent('face.window', Date.now(), { processId: dead, window: makeWindow(0) }),
        ].map((event, index) => ({
          ...{ sessionId: id, event, producer: `${dead}/${id}`, producerSeq: index + 1 },
        })),
      )
      const { summary, report } = await endAsWebClient(rigs, id, order, 40)
      t.match([summary, report], [{ interim: false }, { interim: false }])
      t.equal(summary.seq, report.seq)
      t.same(summary.vadVector, report.vadVector)
    })
  }
})

t.test('who polls a running session need not wait for its end', async (t) => {
  const [rig] = await createPair(t)
  const id = await rig.start()
  let isAnswered = false
  const held = rig.get(`/api/session/${id}/report`).finally(() => {
    isAnswered = true
  })
  for (const kind of ['report?wait=0', 'summary?wait=false', 'emotions/timeline', 'report/csv']) {
    const reply = await rig.get(`/api/session/${id}/${kind}`)
    t.equal(reply.statusCode, 200, kind)
  }
  t.equal((await rig.get(`/api/session/${id}/report?wait=perhaps`)).statusCode, 400)
  t.equal(isAnswered, false, 'the one that waits still does')
  await rig.app.inject({ method: 'DELETE', url: `/api/session/${id}` })
  t.equal((await held).statusCode, 404, 'until the session is gone')
})

t.test('a session that does not end is reported as it stands', async (t) => {
  const rig = await createRig(t, { env: { END_HOLD_MS: '50' } })
  const id = await rig.start()
  t.match(dataOf(await rig.get(`/api/session/${id}/summary`)), { interim: true, status: 'active' })
})
