import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { Fault } from './fault.js'
import { localized, verbatim } from './localized.js'
import { codeOf, noAnswer, toConnectFault } from './path-probes.js'
import { TimeLimitError, within } from './time-limit.js'

export interface HttpReply {
  readonly status: number
  readonly contentType: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

export interface HttpExchange {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'OPTIONS'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** From the first byte out to the last byte in: a server that trickles gets no more, ms. */
  readonly limitMs: number
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

const MAX_BYTES = 4_194_304
const CONNECT_CODES = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT)$/

/**
 * One request and its whole reply, on a connection of its own. Redirects are not followed: a client's
 * POST would not survive them, so an address that redirects is the wrong one.
 * @throws Fault of the path: refused, not answered in time, not HTTP, larger than `maxBytes`
 */
export async function exchange(url: string, options: HttpExchange): Promise<HttpReply> {
  const { method = 'GET', headers = {}, body, limitMs, maxBytes = MAX_BYTES, signal } = options
  const send = url.startsWith('https:') ? requestTls : requestPlain
  let request: ClientRequest | undefined
  try {
    return await within(
      limitMs,
      () =>
        new Promise<HttpReply>((resolve, reject) => {
          request = send(url, {
            method,
            agent: false,
            headers: { ...headers, ...(body !== undefined && { 'content-length': sizeOf(body) }) },
          })
          request.on('error', reject)
          request.on('response', (response) => {
            read(response, maxBytes).then(resolve, reject)
          })
          request.end(body)
        }),
      signal,
    )
  } catch (error) {
    throw toFault(error, new URL(url), limitMs)
  } finally {
    request?.destroy()
  }
}

async function read(response: IncomingMessage, maxBytes: number): Promise<HttpReply> {
  const { statusCode = 0, headers } = response
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      const detail = localized(
        `HTTP ${statusCode} with more than ${maxBytes} bytes`,
        `HTTP ${statusCode}, 본문이 ${maxBytes}바이트를 넘음`,
      )
      throw new Fault('NOT_BEMORE', detail)
    }
    chunks.push(chunk)
  }
  const contentType = headers['content-type'] ?? ''
  return { status: statusCode, contentType, headers, text: Buffer.concat(chunks).toString('utf8') }
}

function toFault(error: unknown, { host, pathname }: URL, limitMs: number): Fault {
  if (error instanceof Fault) return error
  if (error instanceof TimeLimitError) return new Fault('HTTP_TIMEOUT', noAnswer(pathname, limitMs))
  const code = codeOf(error)
  if (CONNECT_CODES.test(code)) return toConnectFault(error, host, limitMs)
  if (code.startsWith('HPE_')) {
    return new Fault('NOT_BEMORE', localized(`no HTTP: ${code}`, `HTTP가 아님: ${code}`))
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    const detail = localized(
      'the connection is closed without an answer: a proxy with no process behind it?',
      '응답 없이 연결이 닫힘: 뒤에 프로세스가 없는 프록시일 수 있음',
    )
    return new Fault('CONNECTION_REFUSED', detail)
  }
  return new Fault('HTTP_TIMEOUT', verbatim(code))
}

function sizeOf(body: string): string {
  return String(Buffer.byteLength(body))
}
