/** One HTTP request on a connection of its own, as a monitor or a stranger makes it. */
import http from 'node:http'
import type { CauseCode } from '@bemore/ops'

export interface ProbeReply {
  /** 0 when there was no reply. */
  readonly status: number
  /** Why not, in the words of the causes; null when there was one. */
  readonly failure: CauseCode | null
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  /** Whole, ms. */
  readonly tookMs: number
}

const TIMEOUT_MS = 5_000

/** Never throws. @param body sent as JSON */
export function probe(
  url: string,
  { method = 'GET', body = undefined as unknown, timeoutMs = TIMEOUT_MS } = {},
): Promise<ProbeReply> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const settle = (reply: Pick<ProbeReply, 'status' | 'failure' | 'headers' | 'text'>) =>
      resolve({ ...reply, tookMs: performance.now() - startedAt })
    const fail = (failure: CauseCode) => settle({ status: 0, failure, headers: {}, text: '' })
    const request = http.request(
      url,
      {
        method,
        agent: false,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
      },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (chunk: string) => {
          text += chunk
        })
        reply.on('end', () => {
          clearTimeout(timer)
          settle({ status: reply.statusCode ?? 0, failure: null, headers: reply.headers, text })
        })
        reply.on('error', () => fail('CONNECTION_REFUSED'))
      },
    )
    const timer = setTimeout(() => {
      fail('HTTP_TIMEOUT')
      request.destroy()
    }, timeoutMs)
    request.on('error', () => {
      clearTimeout(timer)
      fail('CONNECTION_REFUSED')
    })
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** The JSON of a reply, or null where there is none. */
export function jsonOf(reply: ProbeReply): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(reply.text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
