// The Gemini API (v1beta) as far as a caller can tell: it refuses what the real one refuses, in the
// same shapes, and it can fail as the real one does. Nothing in a test may ask the real one.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRefusal } from './fake-gemini-access.js'
import {
  countUsage,
  cutIntoEvents,
  describeBlockedPrompt,
  describeCandidate,
  describeError,
  writeAnswer,
} from './fake-gemini-answer.js'
import { type FakeGeminiBody, findBodyFault } from './fake-gemini-rules.js'

/**
 * `slow`: an answer after `delayMs`; `hang`: none, on an open connection; `stall`: a stream that begins
 * and then says nothing; `cut-off`: the connection breaks in mid-answer; `cut-short`: a stream ends in
 * order but unfinished; `blocked`: the prompt; `blocked-output`: the answer, in its middle.
 */
export const FAKE_GEMINI_MODES = [
  ...(['healthy', 'slow', 'hang', 'stall', 'rate-limited', 'error', 'unavailable'] as const),
  ...(['garbage', 'wrong-schema', 'empty', 'cut-off', 'cut-short'] as const),
  ...(['blocked', 'blocked-output', 'reset'] as const),
] as const
export type FakeGeminiMode = (typeof FAKE_GEMINI_MODES)[number]

export interface FakeGeminiBehaviour {
  readonly mode: FakeGeminiMode
  /** Of `slow`; 100 where it is not said. */
  readonly delayMs?: number
  /** Of `rate-limited`: what its Retry-After says, s. */
  readonly retryAfterS?: number
  /** It is `healthy` again after this many requests. */
  readonly times?: number
}

export interface FakeGeminiRequest {
  readonly model: string
  readonly task: 'generateContent' | 'streamGenerateContent'
  readonly body: FakeGeminiBody
}

export interface FakeGemini {
  /** To be GEMINI_BASE_URL. */
  readonly url: string
  readonly key: string
  /** Requests that were well formed, oldest first, however they were answered. */
  readonly requests: readonly FakeGeminiRequest[]
  /** How many requests were refused for their key, their model or their body. */
  readonly refusals: number
  /** The most requests that were under way at once. */
  readonly peak: number
  behave(behaviour: FakeGeminiBehaviour | FakeGeminiMode): void
  /** What the answers say from now on. */
  say(text: string): void
  close(): Promise<void>
}

export interface FakeGeminiOptions {
  readonly key?: string
  readonly models?: readonly string[]
}

const BODY_LIMIT = 20_000_000
const PATH = /^\/v1beta\/models\/([\w.-]+):(generateContent|streamGenerateContent)$/
/** A reset at once would take along what was just written. */
const ARRIVAL_MS = 50

export async function createFakeGemini(options: FakeGeminiOptions = {}): Promise<FakeGemini> {
  const { key = 'fake-gemini-key', models = ['gemini-2.5-flash'] } = options
  const requests: FakeGeminiRequest[] = []
  const closing = new AbortController()
  let behaviour: FakeGeminiBehaviour = { mode: 'healthy' }
  let left = Number.POSITIVE_INFINITY
  let said = 'Thank you for telling me. I am listening.'
  let refusals = 0
  let active = 0
  let peak = 0

  const next = (): FakeGeminiBehaviour => {
    if (left <= 0) behaviour = { mode: 'healthy' }
    left -= 1
    return behaviour
  }

  const answer = async (request: FakeGeminiRequest, response: ServerResponse): Promise<void> => {
    const { mode, delayMs = 100, retryAfterS } = next()
    if (mode === 'hang') return
    if (mode === 'reset') return void response.socket?.resetAndDestroy()
    if (mode === 'slow') await sleep(delayMs, undefined, { signal: closing.signal })
    if (FAILURES[mode] !== undefined) return fail(response, FAILURES[mode], retryAfterS)
    if (mode === 'garbage') return send(response, 200, '<html>upstream is confused', 'text/html')
    const { model, task, body } = request
    if (mode === 'blocked') return sendAll(response, task, [describeBlockedPrompt(model, body)])
    const text = textIn(mode, body, said)
    const usageMetadata = countUsage(body, text)
    const finishReason = mode === 'blocked-output' ? 'SAFETY' : 'STOP'
    const end = describeCandidate(model, '', { finishReason, usageMetadata })
    const pieces = cutIntoEvents(text)
    const half = pieces.slice(0, Math.ceil(pieces.length / 2))
    if (mode === 'cut-off' || mode === 'stall') return begin(response, task, model, half, mode)
    if (task === 'generateContent') {
      const whole = mode === 'blocked-output' ? '' : mode === 'cut-short' ? half.join('') : text
      return sendJson(
        response,
        200,
        describeCandidate(model, whole, { finishReason, usageMetadata }),
      )
    }
    const shown = mode === 'cut-short' || mode === 'blocked-output' ? half : pieces
    const events = shown.map((piece) => describeCandidate(model, piece))
    sendAll(response, task, mode === 'cut-short' ? events : [...events, end])
  }

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(message)
    const url = new URL(message.url ?? '', 'http://localhost')
    const [, model = '', task] = PATH.exec(url.pathname) ?? []
    const refuse = (code: number, status: string, why: string, details: readonly object[] = []) => {
      refusals += 1
      sendJson(response, code, describeError(code, status, why, details))
    }
    if (task === undefined || message.method !== 'POST') return refuse(404, 'NOT_FOUND', '')
    const refused = findRefusal(key, message.headers['x-goog-api-key'], url.searchParams.get('key'))
    if (refused !== null)
      return refuse(refused.code, refused.status, refused.message, refused.details)
    if (!models.includes(model)) {
      const why = `models/${model} is not found for API version v1beta, or is not supported for ${task}.`
      return refuse(404, 'NOT_FOUND', why)
    }
    const body = parse(text)
    const fault = body === undefined ? 'Invalid JSON payload received.' : findBodyFault(body)
    if (fault !== null) return refuse(400, 'INVALID_ARGUMENT', fault)
    const request = { model, task, body } as FakeGeminiRequest
    requests.push(request)
    await answer(request, response)
  }

  const server = createServer((message, response) => {
    active += 1
    peak = Math.max(peak, active)
    response.once('close', () => {
      active -= 1
    })
    // A caller that has gone, or a server that is closed in the middle of a delay.
    handle(message, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    key,
    requests,
    get refusals() {
      return refusals
    },
    get peak() {
      return peak
    },
    behave(wanted) {
      behaviour = typeof wanted === 'string' ? { mode: wanted } : wanted
      left = behaviour.times ?? Number.POSITIVE_INFINITY
    },
    say(text) {
      said = text
    },
    async close() {
      closing.abort()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Failure {
  readonly code: number
  readonly status: string
  readonly message: string
}

const FAILURES: Readonly<Partial<Record<FakeGeminiMode, Failure>>> = {
  'rate-limited': {
    ...{ code: 429, status: 'RESOURCE_EXHAUSTED' },
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  error: { code: 500, status: 'INTERNAL', message: 'An internal error has occurred.' },
  unavailable: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded.' },
}

/** The real one says how long to wait in a detail too, and callers see only that. */
function fail(response: ServerResponse, { code, status, message }: Failure, afterS?: number): void {
  if (afterS !== undefined) response.setHeader('retry-after', String(Math.ceil(afterS)))
  const retryDelay = `${afterS}s`
  const details =
    afterS === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }]
  sendJson(response, code, describeError(code, status, message, details))
}

function textIn(mode: FakeGeminiMode, body: FakeGeminiBody, said: string): string {
  if (mode === 'empty') return ''
  const isJson = body.generationConfig?.responseMimeType === 'application/json'
  if (mode === 'wrong-schema' && isJson) return '{"unexpected":true}'
  return writeAnswer(body, said)
}

/** Begins an answer that will not end. */
function begin(
  response: ServerResponse,
  task: FakeGeminiRequest['task'],
  model: string,
  pieces: readonly string[],
  mode: 'cut-off' | 'stall',
): void {
  const type = task === 'generateContent' ? 'application/json' : 'text/event-stream'
  response.writeHead(200, { 'content-type': type })
  const events = pieces.map((piece) => writeEvent(describeCandidate(model, piece))).join('')
  const text = task === 'generateContent' ? '{"candidates":[{"content":' : events
  response.write(text, () => {
    if (mode === 'cut-off') setTimeout(() => response.socket?.resetAndDestroy(), ARRIVAL_MS)
  })
}

function sendAll(
  response: ServerResponse,
  task: FakeGeminiRequest['task'],
  events: readonly object[],
): void {
  if (task === 'generateContent') {
    sendJson(response, 200, events[0] ?? {})
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) response.write(writeEvent(event))
  response.end()
}

function writeEvent(event: object): string {
  return `data: ${JSON.stringify(event)}\r\n\r\n`
}

function sendJson(response: ServerResponse, code: number, body: object): void {
  send(response, code, JSON.stringify(body), 'application/json; charset=UTF-8')
}

function send(response: ServerResponse, code: number, text: string, type: string): void {
  response.writeHead(code, { 'content-type': type })
  response.end(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readBody(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of message as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > BODY_LIMIT) throw new Error('a body of more than the API takes')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
