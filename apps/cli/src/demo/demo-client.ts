// The REST half of the demo, as the web client speaks it: its headers, bodies only where it sends
// them, the envelope. It outlives an API that is restarted: what may succeed later is tried again.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SessionReport } from '@bemore/core'
import { EXIT, ExitError } from '@bemore/ops'
import type { Channel, Language } from '@bemore/protocol'
import {
  type AskForData,
  createVisitorAccount,
  type VisitorAccount,
} from '../doctor/visitor-account.js'
import { retryDelay } from './retry-delay.js'

export interface StartedSession {
  readonly sessionId: string
  /** Where the server wants the sockets; absent: on the API's own host. */
  readonly wsUrls?: Partial<Record<Channel, string>>
}

/** A session that was started, and what its sockets offer: none where nobody is signed in. */
export interface OpenedSession extends StartedSession {
  readonly subprotocols: readonly string[]
}

export interface DemoClient {
  /** The status `/health` gives, or null where nothing answers. Not retried. */
  health(): Promise<string | null>
  /**
   * Signs up an account of its own where sessions are for signed-in users only.
   * @param language of what the person is told and of the report
   */
  start(language: Language): Promise<OpenedSession>
  pause(sessionId: string): Promise<void>
  resume(sessionId: string): Promise<void>
  end(sessionId: string): Promise<void>
  report(sessionId: string): Promise<SessionReport>
  /** The report as a page; null: this release has none. */
  reportPage(sessionId: string): Promise<string | null>
  /** All that is held of the session, as text. */
  exported(sessionId: string): Promise<string>
  /** Null: it goes with the account that was signed up for the demo. */
  reportUrl(sessionId: string): string | null
  /** Deletes the account, and with it the session, if there is one. */
  leave(): Promise<void>
}

export interface DemoClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** How long a call is repeated while the API is away, ms. */
  readonly patienceMs: number
  readonly onRetry: (call: string, problem: string) => void
  readonly random: () => number
}

/** The API said no, and would say it again. */
export class RestError extends ExitError {
  readonly status: number
  readonly code: string

  constructor(call: string, status: number, code: string, message: string) {
    super(EXIT.failure, `${call} was refused: ${message} (${status} ${code})`)
    this.name = 'RestError'
    this.status = status
    this.code = code
  }
}

const JSON_BODY = { 'content-type': 'application/json' }
const CALL_TIMEOUT_MS = 10_000
const HEALTH_TIMEOUT_MS = 3_000
const BACKOFF = { firstMs: 250, maxMs: 2_000 }
const MAX_RETRY_AFTER_MS = 5_000
const TEMPORARY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

export function createDemoClient(options: DemoClientOptions): DemoClient {
  const { baseUrl, patienceMs, onRetry, random } = options
  const deviceId = `device_${Date.now()}_${randomBytes(4).toString('hex')}`

  let visitor: VisitorAccount | null = null

  const headersFor = (extra: Record<string, string>) => ({
    'x-client-version': '1.0.0',
    'x-device-id': deviceId,
    'x-request-id': `req_${Date.now()}_${randomBytes(4).toString('hex')}`,
    'x-timestamp': String(Date.now()),
    ...visitor?.headers,
    ...extra,
  })

  const attempt = async (method: string, path: string, init: RequestInit): Promise<Attempt> => {
    let response: Response
    let text: string
    try {
      const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
      response = await fetch(`${baseUrl}${path}`, { method, signal, ...init })
      text = await response.text()
    } catch (error) {
      return { done: false, problem: networkProblem(error), retryAfterMs: 0 }
    }
    const { status } = response
    if (TEMPORARY.has(status)) {
      const seconds = Number(response.headers.get('retry-after') ?? '0')
      const retryAfterMs = Math.min(MAX_RETRY_AFTER_MS, (seconds || 0) * 1000)
      return { done: false, problem: `${status}`, retryAfterMs }
    }
    return { done: true, status, text }
  }

  /** @throws ExitError (69) when patience is over */
  const callPatiently = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Reply> => {
    const name = `${method} ${path}`
    const end = performance.now() + patienceMs
    for (let tries = 1; ; tries++) {
      const init = { headers: headersFor(headers), ...(body !== undefined && { body }) }
      const outcome = await attempt(method, path, init)
      if (outcome.done) return outcome
      const delay = Math.max(outcome.retryAfterMs, retryDelay(tries, BACKOFF, random))
      if (performance.now() + delay > end) {
        throw new ExitError(
          EXIT.unavailable,
          `${name} did not succeed within ${patienceMs / 1000} s: ${outcome.problem}`,
        )
      }
      if (tries === 1) onRetry(name, outcome.problem)
      await sleep(delay)
    }
  }

  /** The envelope's `data`. @throws RestError, or ExitError (69) when patience is over */
  const call = async (...request: Parameters<typeof callPatiently>): Promise<unknown> => {
    const { status, text } = await callPatiently(...request)
    return unwrap(`${request[0]} ${request[1]}`, status, parseEnvelope(text))
  }

  /** A reply that is no envelope unless it is a refusal. @throws as `call` does */
  const read = async (path: string): Promise<string> => {
    const { status, text } = await callPatiently('GET', path)
    if (status >= 300) unwrap(`GET ${path}`, status, parseEnvelope(text))
    return text
  }

  const askWithBody: AskForData = async (method, path, body) =>
    (await call(method, path, JSON_BODY, body)) as object

  const command = async (sessionId: string, verb: string) => {
    await call('POST', `/api/session/${sessionId}/${verb}`)
  }

  return {
    async health() {
      try {
        const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS)
        const response = await fetch(`${baseUrl}/health`, { signal })
        const { status } = (await response.json()) as { status?: unknown }
        return typeof status === 'string' ? status : `HTTP ${response.status}`
      } catch {
        return null
      }
    },
    async start(language) {
      // The key makes a repetition after a lost reply find the session instead of starting another.
      const headers = { ...JSON_BODY, 'idempotency-key': randomUUID() }
      const body = { userId: 'frontend_user_001', counselorId: 'ai_counselor_001', language }
      const ask = () => call('POST', '/api/session/start', headers, JSON.stringify(body))
      const session = await ask().catch(async (error: unknown) => {
        if (!(error instanceof RestError && error.status === 401)) throw error
        visitor = await createVisitorAccount(askWithBody, 'demo')
        return ask()
      })
      return { ...(session as StartedSession), subprotocols: visitor?.subprotocols ?? [] }
    },
    pause: (sessionId) => command(sessionId, 'pause'),
    resume: (sessionId) => command(sessionId, 'resume'),
    end: (sessionId) => command(sessionId, 'end'),
    async report(sessionId) {
      return (await call('GET', `/api/session/${sessionId}/report`)) as SessionReport
    },
    reportPage: (sessionId) =>
      read(`/api/session/${sessionId}/report.html`).catch((error: unknown) => {
        if (error instanceof RestError && error.status === 404) return null
        throw error
      }),
    exported: (sessionId) => read(`/api/session/${sessionId}/export`),
    reportUrl: (sessionId) =>
      visitor === null ? `${baseUrl}/api/session/${sessionId}/report` : null,
    async leave() {
      await visitor?.leave()
      visitor = null
    },
  }
}

interface Reply {
  readonly status: number
  readonly text: string
}

type Attempt =
  | ({ readonly done: true } & Reply)
  | { readonly done: false; readonly problem: string; readonly retryAfterMs: number }

interface Envelope {
  readonly success?: boolean
  readonly data?: unknown
  readonly error?: { readonly code?: string; readonly message?: string }
}

function parseEnvelope(text: string): Envelope {
  try {
    return JSON.parse(text) as Envelope
  } catch {
    return { error: { message: 'the reply is not JSON: is this BeMore?' } }
  }
}

function unwrap(call: string, status: number, { success, data, error }: Envelope): unknown {
  if (status < 300 && success === true) return data
  throw new RestError(call, status, error?.code ?? 'UNKNOWN', error?.message ?? 'no reason given')
}

/** undici says "fetch failed" and keeps the reason in `cause`. */
function networkProblem(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError') return 'no reply in time'
  return cause?.code ?? cause?.message ?? message
}
