/**
 * Every route, asked by everybody with whatever fits its schema, nearly fits it, or fits nothing, over
 * real connections: each answer is one of the catalogue's or what the schema promises, and tells
 * nothing. A failure prints its seed and the request.
 */
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import t from 'tap'
import { faultOf } from './fuzz/judge.js'
import { listOperations, type Operation } from './fuzz/operations.js'
import { type Draft, draftsFor } from './fuzz/requests.js'
import { createSender, type Sending } from './fuzz/send.js'
import { createWorld, OPERATORS_TOKEN, VICTIMS_WORDS, type World } from './fuzz/world.js'
import { createRig } from './rig.js'

const SEED = 20_260_105
const RUNS = 30
const RUNS_A_FIELD = 25
/** A page or a PDF for each of them. */
const RUNS_OF_DOCUMENTS = 12
const SESSION_ID = /sess_[A-Za-z0-9_-]{22}/

t.setTimeout(180_000)

t.test('whatever is asked of a route, it answers properly and tells nothing', async (t) => {
  const rig = await createRig(t, {
    env: {
      ...{ ADMIN_TOKEN: OPERATORS_TOKEN, RATE_LIMIT_PER_MINUTE: '100000000' },
      ...{ LOGIN_ATTEMPTS: '100000', LOGIN_ATTEMPTS_ANYWHERE: '100000', TOKEN_CHECK_MS: '1' },
    },
  })
  await rig.bus.ready(5_000)
  await rig.checks.run()
  await rig.app.listen({ port: 0, host: '127.0.0.1' })
  const { send, close } = createSender((rig.app.server.address() as AddressInfo).port)
  t.teardown(close)
  const world = await createWorld(rig)
  const before = await rig.store.sessions.get(world.victimsSession)

  for (const operation of await listOperations(rig)) {
    const name = `${operation.method} ${operation.url}`
    const property = fc.asyncProperty(draftsFor(operation), async (draft) => {
      const sending = await address(operation, draft, world)
      const answer = await send(sending)
      if (operation.method !== 'GET' && answer.status < 300) world.doubt()
      const fault = faultOf(operation, answer) ?? leakIn(answer.body, operation, world)
      if (fault !== null) throw new Error(`${name} ${fault}: ${answer.body.slice(0, 500)}`)
    })
    const fields = Object.keys(operation.body?.properties ?? {}).length
    const isDocument = /report[./]/.test(operation.url)
    const numRuns = isDocument ? RUNS_OF_DOCUMENTS : RUNS + RUNS_A_FIELD * fields
    await t.resolves(fc.assert(property, { seed: SEED, numRuns, endOnFailure: true }), name)
  }

  const after = await rig.store.sessions.get(world.victimsSession)
  t.same(after, before, 'a session that others asked for is as it was')
  t.equal((await rig.get('/api/auth/me', world.victim.headers)).statusCode, 200)
  const lines = rig.logged()
  t.same(
    lines.filter(({ level }) => Number(level) >= 50 || level === 'error' || level === 'fatal'),
    [],
    'nothing went wrong inside',
  )
  const secrets = [...world.secrets(), OPERATORS_TOKEN, VICTIMS_WORDS, 'a secret for tests']
  for (const line of lines.map((each) => JSON.stringify(each))) {
    const told = secrets.find((secret) => line.includes(secret))
    if (told !== undefined || SESSION_ID.test(line))
      t.fail(`the log has ${told ?? 'an id'}: ${line}`)
  }
})

async function address(operation: Operation, draft: Draft, world: World): Promise<Sending> {
  const { method, url } = operation
  const id = url.includes(':id') || url.includes('batch') ? await world.sessionOf(draft) : ''
  const path = url
    .replace(':id', id)
    .replace(/:(\w+)/g, (_, name: string) => draft.parameters[name] ?? '')
    .replace('*', draft.parameters['*'] ?? '')
  const authorization = await world.authorizationOf(draft)
  const headers = {
    ...draft.headers,
    ...(authorization !== undefined && { authorization }),
    ...(draft.contentType !== undefined &&
      draft.body !== null && { 'content-type': draft.contentType }),
  }
  const body = url.includes('batch')
    ? (draft.body?.replace(/sess_[A-Za-z0-9_-]{22}/, id) ?? null)
    : draft.body
  return {
    method,
    path: wired(path + draft.query),
    headers,
    body: body === null ? null : Buffer.from(body, 'latin1'),
  }
}

/** Only what node's own client refuses to send is taken out. */
const wired = (path: string): string => path.replace(/[^\x21-\xff]/g, '?')

function leakIn(body: string, { url }: Operation, { victim }: World): string | null {
  const secrets = [victim.email, victim.password, victim.accessToken, VICTIMS_WORDS]
  const told = secrets.find((secret) => body.includes(secret))
  return told === undefined ? null : `tells at ${url}: ${told}`
}
