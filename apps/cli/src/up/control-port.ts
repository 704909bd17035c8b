// The proof that an `up` is alive: it listens on a loopback port of its own and answers with its
// instance id. A pid alone proves nothing, because after a crash, and always in a container, it may
// belong to another process by now.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UpStatus } from './up-status.js'

const PATH = '/status'
const PROBE_TIMEOUT_MS = 2_000

export interface ControlPort {
  readonly port: number
  close(): Promise<void>
}

export async function openControlPort(status: () => UpStatus): Promise<ControlPort> {
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && request.url === PATH
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(found ? JSON.stringify(status()) : '{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Who answers on a control port: an `up`, nobody, or something that takes the call and says nothing. */
export type ControlAnswer = UpStatus | 'nobody' | 'silent'

export async function askControlPort(port: number): Promise<ControlAnswer> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    })
    const answer: unknown = await response.json()
    return isUpStatus(answer) ? answer : 'nobody'
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'silent' : 'nobody'
  }
}

function isUpStatus(answer: unknown): answer is UpStatus {
  return typeof answer === 'object' && answer !== null && 'instanceId' in answer
}
