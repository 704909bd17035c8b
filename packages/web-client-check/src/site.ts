import { createTestDatabase, type TestContext } from '@bemore/testing'
import { startPageServer } from './page-server.js'
import { startServers } from './servers.js'

export type Place = 'cross-origin' | 'same-origin'

export interface Site {
  readonly place: Place
  readonly origin: string
  /** Of the API itself, for whatever is not the browser. */
  readonly apiUrl: string
  output(): string
}

/** The whole product on a database of its own, with the page of the web client before it. */
export async function startSite(t: TestContext, place: Place): Promise<Site> {
  const { url } = await createTestDatabase(t)
  const page = await startPageServer()
  t.teardown(() => page.close())
  // Where one of the ports was free that the client uses, what a deployment allows is enough.
  const env = isAllowedByDefault(page.origin) ? {} : { CORS_ORIGINS: page.origin }
  const { apiUrl, output } = await startServers(t, url, env)
  page.serveFor(apiUrl, place)
  return { place, origin: page.origin, apiUrl, output }
}

function isAllowedByDefault(origin: string): boolean {
  return /:(5173|4173)$/.test(origin)
}
