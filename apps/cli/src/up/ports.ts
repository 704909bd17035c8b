import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/** @returns the port, or null where it is taken. Port 0: a free one. */
async function tryPort(host: string, port: number): Promise<number | null> {
  const server = createServer()
  server.listen({ host, port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null
    throw error
  }
  const { port: bound } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return bound
}

/** A port that was free a moment ago. @throws Error where there is none. */
export async function findFreePort(host: string): Promise<number> {
  const port = await tryPort(host, 0)
  if (port === null) throw new Error(`there is no free port on ${host}`)
  return port
}

/** Whether a port is free, or becomes so within `patienceMs`. */
export async function isFreeWithin(
  host: string,
  port: number,
  patienceMs: number,
): Promise<boolean> {
  const end = performance.now() + patienceMs
  while ((await tryPort(host, port)) === null) {
    if (performance.now() >= end) return false
    await sleep(POLL_MS)
  }
  return true
}
