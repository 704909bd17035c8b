/** A page of a browser with all that is said and asked in it written down. */
import type { BrowserContext, Page, Request } from 'playwright-core'

export interface Preflight {
  readonly url: string
  /** The method it asks for. */
  readonly method: string
  status: number | null
  headers: Readonly<Record<string, string>>
}

export interface Watched {
  readonly page: Page
  /** Errors in the console, exceptions, violations of the policy. */
  readonly problems: string[]
  /** `GET /api/auth/me 401` of every reply that is no success, and of every request without one. */
  readonly failures: string[]
  readonly preflights: Preflight[]
  /** `POST /api/session/start` of every request that was sent to the API, in order. */
  readonly calls: string[]
  /** Forgets what was written down, after something that had to fail. @returns what it was */
  forgive(): { readonly problems: string[]; readonly failures: string[] }
}

const OF_THE_API = /\/api\//

export async function openWatchedPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage()
  const problems: string[] = []
  const failures: string[] = []
  const calls: string[] = []
  page.on('console', (message) => {
    const isBad = message.type() === 'error' || /Content.Security.Policy/i.test(message.text())
    if (isBad) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    if (OF_THE_API.test(request.url())) calls.push(nameOf(request))
  })
  page.on('response', (reply) => {
    if (reply.status() >= 400) failures.push(`${nameOf(reply.request())} ${reply.status()}`)
  })
  page.on('requestfailed', (request) => {
    // A page that is left takes its requests with it.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      failures.push(`${nameOf(request)} ${request.failure()?.errorText}`)
    }
  })
  return {
    ...{ page, problems, failures, calls },
    preflights: await watchPreflights(page),
    forgive: () => ({ problems: problems.splice(0), failures: failures.splice(0) }),
  }
}

/** The browser asks them by itself, and tells of them only by its own protocol. */
async function watchPreflights(page: Page): Promise<Preflight[]> {
  const preflights: Preflight[] = []
  const open = new Map<string, Preflight>()
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.method !== 'OPTIONS') return
    const method = headersOf(request.headers)['access-control-request-method'] ?? ''
    const preflight: Preflight = { url: request.url, method, status: null, headers: {} }
    preflights.push(preflight)
    open.set(requestId, preflight)
  })
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const preflight = open.get(requestId)
    if (preflight === undefined) return
    preflight.status = response.status
    preflight.headers = headersOf(response.headers)
  })
  return preflights
}

function headersOf(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}

function nameOf(request: Request): string {
  return `${request.method()} ${new URL(request.url()).pathname}`
}
