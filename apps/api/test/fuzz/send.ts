import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Sending {
  readonly method: string
  /** As it goes over the wire: nothing is tidied. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

const PATIENCE_MS = 15_000

/** Requests over real connections; one that is not answered in time fails. */
export function createSender(port: number, connections = 4) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = ({ method, path, headers, body }: Sending): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const length = body === null ? {} : { 'content-length': body.length }
      const all = { ...headers, ...length }
      const sent = request({ host: '127.0.0.1', port, agent, method, path, headers: all })
      const timer = setTimeout(() => sent.destroy(new Error('no answer in time')), PATIENCE_MS)
      sent.once('close', () => clearTimeout(timer))
      // A refused body may be cut off while it is still being sent; the reply counts.
      let answered = false
      sent.on('error', (error) => {
        if (!answered) reject(error)
      })
      sent.once('response', async (response) => {
        answered = true
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            ...{ status: response.statusCode ?? 0, headers: response.headers },
            body: Buffer.concat(pieces).toString('latin1'),
          }),
        )
      })
      sent.end(body ?? undefined)
    })
  return { send, close: () => agent.destroy() }
}
