import { EXIT, ExitError } from '@bemore/ops'
import { Fault } from '../doctor/fault.js'
import { exchange, type HttpReply } from '../doctor/http-exchange.js'
import { readEnvelope } from '../doctor/rest-client.js'

export interface AdminClient {
  /** @throws ExitError in the words of whoever refused */
  ask(method: 'GET' | 'POST', path: string): Promise<object>
}

const LIMIT_MS = 10_000

export function createAdminClient(baseUrl: string, token: string): AdminClient {
  const send = async (method: 'GET' | 'POST', url: string): Promise<HttpReply> => {
    try {
      const headers = { authorization: `Bearer ${token}`, 'user-agent': 'bemore-admin' }
      return await exchange(url, { method, headers, limitMs: LIMIT_MS })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new ExitError(EXIT.unavailable, `${baseUrl} does not answer: ${error.detail.en}`)
    }
  }
  return {
    async ask(method, path) {
      const reply = await send(method, `${baseUrl}/api/admin${path}`)
      const envelope = readEnvelope(reply.text)
      if (reply.status < 300 && typeof envelope?.data === 'object' && envelope.data !== null) {
        return envelope.data
      }
      const { code, message, requestId } = envelope?.error ?? {}
      if (code === undefined) {
        const what = `HTTP ${reply.status} ${reply.contentType}`.trim()
        throw new ExitError(
          EXIT.unavailable,
          `${baseUrl} is no BeMore with an operator API: ${what}`,
        )
      }
      const said = `${message ?? ''} (${reply.status} ${code}, request ${requestId ?? 'unknown'})`
      throw new ExitError(exitCodeOf(reply.status), said)
    },
  }
}

function exitCodeOf(status: number): number {
  if (status === 401) return EXIT.config
  return status === 503 ? EXIT.unavailable : EXIT.failure
}
