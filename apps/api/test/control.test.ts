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
  for (const { method, path, payload } of single) {
    for (const id of [
      'sess_AAAAAAAAAAAAAAAAAAAAAA',
      'nonsense',
      '%00',
      'x'.repeat(250),
      'x'.repeat(300),
    ]) {
      const reply = await rig.app.inject({
        ...{ method, url: path.replace('{id}', id) },
        ...(payload !== undefined && { payload }),
      })
      t.equal(reply.statusCode, 404, `${method} ${path} ${id.slice(0, 10)}`)
      t.equal(errorOf(reply).code, 'SESSION_NOT_FOUND')
    }
  }
})

interface DescribedOperation {
  readonly requestBody?: {
    readonly content: Record<
      string,
      {
        readonly example?: object
        readonly examples?: Record<string, { readonly value: object }>
        readonly schema?: { readonly examples?: readonly object[] }
      }
    >
  }
}

/** The operations of the document, each with the first example of its body, if it takes one. */
function dataOfSpec(spec: { paths: Record<string, Record<string, DescribedOperation>> }) {
  return Object.entries(spec.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => {
      const body = requestBody?.content['application/json']
      return {
        path,
        method: method.toUpperCase() as 'GET' | 'POST' | 'DELETE',
        payload:
          body?.example ??
          Object.values(body?.examples ?? {})[0]?.value ??
          body?.schema?.examples?.[0],
      }
    }),
  )
}
