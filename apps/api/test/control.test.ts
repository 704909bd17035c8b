import { ERRORS } from '@bemore/protocol'
import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

interface View {
  sessionId: string
  status: string
  endedAt: string | null
  lastSeq: number
}

t.test('session commands', async (t) => {
  const rig = await createRig(t)
  const command = async (id: string, name: string, headers = {}) =>
    rig.post(`/api/session/${id}/${name}`, headers)

  t.test('pause, resume and end the session, and change nothing when repeated', async (t) => {
    const id = await rig.start()
    for (const [name, status] of [
      ['pause', 'paused'],
      ['resume', 'active'],
      ['end', 'ended'],
    ] as const) {
      const first = dataOf<View>(await command(id, name))
      const second = dataOf<View>(await command(id, name))
      t.equal(first.status, status)
      t.equal(second.status, status)
      t.equal(second.lastSeq, first.lastSeq, `${name} twice leaves one event`)
    }
    t.ok(dataOf<View>(await rig.get(`/api/session/${id}`)).endedAt)
  })

  t.test('leave one event when they come at once', async (t) => {
    const id = await rig.start()
    const replies = await Promise.all(Array.from({ length: 8 }, () => command(id, 'end')))
    t.strictSame(new Set(replies.map(({ statusCode }) => statusCode)), new Set([200]))
    const events = await rig.store.log.read(id, 0)
    t.equal(events.filter(({ type }) => type === 'session.ended').length, 1)
  })

  t.test('take an empty body under a JSON content type', async (t) => {
    const id = await rig.start()
    const reply = await command(id, 'pause', { 'content-type': 'application/json' })
    t.equal(reply.statusCode, 200)
  })

  t.test('other than end are refused by an ended session', async (t) => {
    const id = await rig.start()
    await command(id, 'end')
    for (const name of ['pause', 'resume']) {
      const reply = await command(id, name)
      t.equal(reply.statusCode, ERRORS.SESSION_ENDED.status)
      t.equal(errorOf(reply).code, 'SESSION_ENDED')
    }
  })
})

t.test('every route of a single session turns unknown and malformed ids away', async (t) => {
  const rig = await createRig(t)
  const spec = dataOfSpec((await rig.get('/openapi.json')).json())
  const single = spec.filter(({ path }) => path.includes('{id}'))
  t.ok(single.length >= 10, 'the routes are found by enumeration')
  for (const { method, path } of single) {
    for (const id of [
      'sess_AAAAAAAAAAAAAAAAAAAAAA',
      'nonsense',
      '%00',
      'x'.repeat(250),
      'x'.repeat(300),
    ]) {
      const reply = await rig.app.inject({ method, url: path.replace('{id}', id) })
      t.equal(reply.statusCode, 404, `${method} ${path} ${id.slice(0, 10)}`)
      t.equal(errorOf(reply).code, 'SESSION_NOT_FOUND')
    }
  }
})

function dataOfSpec(spec: { paths: Record<string, object> }) {
  return Object.entries(spec.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      path,
      method: method.toUpperCase() as 'GET' | 'POST' | 'DELETE',
    })),
  )
}
