import {
  type ApiClient,
  type ClientStorage,
  createApiClient,
  createEndpoints,
  createMemoryStorage,
  createTestDatabase,
  type Endpoints,
  type TestContext,
} from '@bemore/testing'
import { startServers } from '../src/index.js'

/** One request as it left the client, and what came back; null: nothing did. */
export interface Exchange {
  readonly call: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  status: number | null
}

export interface TestClient {
  readonly client: ApiClient
  readonly api: Endpoints
  readonly storage: ClientStorage
  readonly exchanges: Exchange[]
  /** How often it was put out of its sign-in. */
  readonly signedOut: () => number
}

/** The client of a browser of its own. @param around is put about each request */
export function createTestClient(
  baseUrl: string,
  around: (call: string, send: () => Promise<Response>) => Promise<Response> = (_, send) => send(),
  storage: ClientStorage = createMemoryStorage(),
): TestClient {
  const exchanges: Exchange[] = []
  let signedOut = 0
  const recording: typeof fetch = async (input, init = {}) => {
    const call = `${init.method} ${new URL(String(input)).pathname}`
    const headers = Object.fromEntries(new Headers(init.headers))
    const body = typeof init.body === 'string' ? init.body : null
    const exchange: Exchange = { call, headers, body, status: null }
    exchanges.push(exchange)
    const reply = await around(call, () => fetch(input, init))
    exchange.status = reply.status
    return reply
  }
  const client = createApiClient({
    ...{ baseUrl, storage, fetch: recording },
    onSignedOut: () => {
      signedOut += 1
    },
  })
  return { client, api: createEndpoints(client), storage, exchanges, signedOut: () => signedOut }
}

/** The API and the realtime process on a database of their own. */
export async function startBackend(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const { url } = await createTestDatabase(t)
  return startServers(t, url, env)
}

let people = 0

/** Signs somebody new up and in, as the pages do. */
export async function enter({ api }: Pick<TestClient, 'api'>) {
  people += 1
  const form = { email: `person-${people}@example.com`, password: '바다를 보러 가자 2026' }
  await api.signUp({ username: '지민', ...form })
  await api.logIn(form)
  return form
}

/** Statuses of all that was asked of one call. */
export function statusesOf({ exchanges }: TestClient, call: string): (number | null)[] {
  return exchanges.filter((exchange) => exchange.call === call).map(({ status }) => status)
}
