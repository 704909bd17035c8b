import type { TestContext } from '@bemore/testing'
import type { LightMyRequestResponse } from 'fastify'
import type { Access, GuardedRoute } from '../src/plugins/access.js'
import { createRig, type Rig } from './rig.js'

/** What each kind of caller gets from a route, asked of the real application, route by route. */
export interface AccessRow {
  readonly method: string
  readonly url: string
  readonly access: Access
  /** Nobody; another signed-in user; the owner of what is asked for: statuses, as answered. */
  readonly anonymous: Answer
  readonly stranger: Answer
  readonly owner: Answer
}

export interface Answer {
  readonly status: number
  /** Of a failure. */
  readonly code: string | null
}

export interface AccessTable {
  readonly rows: readonly AccessRow[]
  /** The same session routes, of a session that nobody owns. */
  readonly unowned: readonly AccessRow[]
  /** What is for operators, with their token. */
  readonly operated: readonly { readonly route: GuardedRoute; readonly operator: Answer }[]
}

type Headers = Readonly<Record<string, string>>

/** A body that no example can show. */
const RECORDING = {
  method: 'POST',
  url: '/api/stt/transcribe',
  headers: { 'content-type': 'multipart/form-data; boundary=b' },
  payload:
    '--b\r\ncontent-disposition: form-data; name="audio"; filename="a.webm"\r\n' +
    'content-type: audio/webm\r\n\r\nsound\r\n--b--\r\n',
} as const

type Person = Awaited<ReturnType<Rig['signUp']>>

interface People {
  readonly owner: Person
  readonly stranger: Person
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> }
}
interface MediaType {
  readonly schema?: { readonly examples?: readonly object[] }
  readonly example?: object
  readonly examples?: Readonly<Record<string, { readonly value: object }>>
}

/** The password of the examples in the schemas, so that those that ask for one again take it. */
const PASSWORD = '바다를 보러 가자 2026'
/** Answers for as long as somebody listens, or belong to others: the routes of the documentation's page. */
const isOfPage = ({ url }: GuardedRoute) => url.startsWith('/docs/') && url !== '/docs/errors'

const OPERATOR = 'an-operators-token-for-tests'

export async function measureAccess(t: TestContext): Promise<AccessTable> {
  const rig = await createRig(t, {
    env: { ADMIN_TOKEN: OPERATOR, METRICS_TOKEN: OPERATOR },
  })
  const routes = rig.app.guardedRoutes.filter(
    (route) => !['HEAD', 'OPTIONS'].includes(route.method) && !isOfPage(route),
  )
  await rig.bus.ready(5_000)
  await rig.checks.run()
  const signUpBoth = async (): Promise<People> => ({
    owner: await rig.signUp({ password: PASSWORD }),
    stranger: await rig.signUp({ password: PASSWORD }),
  })
  const settled = await signUpBoth()
  const rows: AccessRow[] = []
  const unowned: AccessRow[] = []
  for (const route of routes) {
    // Some of these end the sign-in, or the account.
    const isOfAccount = route.url.startsWith('/api/auth/')
    const people = isOfAccount ? signUpBoth : async () => settled
    rows.push(await askAll(rig, people, route, true))
    if (route.access.startsWith('session')) unowned.push(await askAll(rig, people, route, false))
  }
  const operated = []
  for (const route of routes.filter(({ access }) => access === 'admin' || access === 'metrics')) {
    const headers = { authorization: `Bearer ${OPERATOR}` }
    const reply = await send(rig, route, '', settled.owner, headers)
    operated.push({ route, operator: answerOf(reply) })
  }
  const byPlace = (a: AccessRow, b: AccessRow) => (keyOf(a) < keyOf(b) ? -1 : 1)
  return { rows: rows.sort(byPlace), unowned: unowned.sort(byPlace), operated }
}

const keyOf = ({ url, method }: AccessRow) => `${url} ${method}`

/** Everybody asks for a session of its own: what one was granted may be gone for the next. */
async function askAll(
  rig: Rig,
  people: () => Promise<People>,
  route: GuardedRoute,
  isOwned: boolean,
): Promise<AccessRow> {
  const ask = async (who: 'anonymous' | 'stranger' | 'owner'): Promise<Answer> => {
    const { owner, stranger } = await people()
    const id = await rig.start({}, isOwned ? owner.headers : {})
    const headers = { anonymous: {}, stranger: stranger.headers, owner: owner.headers }[who]
    return answerOf(await send(rig, route, id, owner, headers))
  }
  const { method, url, access } = route
  return {
    ...{ method, url, access },
    anonymous: await ask('anonymous'),
    stranger: await ask('stranger'),
    owner: await ask('owner'),
  }
}

async function send(
  rig: Rig,
  route: GuardedRoute,
  sessionId: string,
  { email, refreshToken }: Person,
  headers: Headers,
): Promise<LightMyRequestResponse> {
  const url = route.url.replace(':id', sessionId).replace(':code', 'INTERNAL')
  if (route.url.endsWith('/transcribe')) {
    return rig.app.inject({ ...RECORDING, headers: { ...RECORDING.headers, ...headers } })
  }
  const example = await exampleOf(rig, route)
  const payload =
    example === undefined
      ? undefined
      : {
          ...example,
          ...('sessionId' in example && { sessionId }),
          ...('refreshToken' in example && { refreshToken }),
          ...('email' in example && { email }),
          ...(route.url.endsWith('/signup') && { email: `${sessionId}@example.com` }),
        }
  const method = route.method as 'GET' | 'POST' | 'PUT' | 'DELETE'
  return rig.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) })
}

/** The first example of the body, as the OpenAPI document has it. */
async function exampleOf(rig: Rig, { method, url }: GuardedRoute): Promise<object | undefined> {
  const spec = (await rig.get('/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>
  }>()
  const path = url.replace(/:(\w+)/g, '{$1}')
  const content = spec.paths[path]?.[method.toLowerCase()]?.requestBody?.content
  const media = content?.['application/json']
  return (
    media?.schema?.examples?.[0] ?? media?.example ?? Object.values(media?.examples ?? {})[0]?.value
  )
}

function answerOf(reply: LightMyRequestResponse): Answer {
  const { statusCode: status } = reply
  if (status < 400) return { status, code: null }
  return { status, code: reply.json<{ error?: { code?: string } }>().error?.code ?? null }
}

/** As docs/security.md has it. */
export function renderAccessTable({ rows, unowned, operated }: AccessTable): string {
  const show = ({ status, code }: Answer) => (code === null ? `${status}` : `${status} ${code}`)
  const line = (row: AccessRow) =>
    `| \`${row.method} ${row.url}\` | ${row.access} | ${show(row.anonymous)} | ${show(row.stranger)} | ${show(row.owner)} |`
  const head = '| route | access | nobody | another user | owner |\n|---|---|---|---|---|'
  return [
    ...['Of a session, or an account, that the owner has:', '', head, ...rows.map(line)],
    ...['', 'Of a session that nobody owns, by whoever has its id:', ''],
    ...[head, ...unowned.map(line)],
    ...['', 'Of what is for operators, with their token:', '', '| route | operator |', '|---|---|'],
    ...operated.map(
      ({ route: { method, url }, operator }) => `| \`${method} ${url}\` | ${show(operator)} |`,
    ),
  ].join('\n')
}
