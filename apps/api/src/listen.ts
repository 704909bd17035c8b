import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ApiConfig, EXIT, ExitError } from '@bemore/ops'
import type { Routes } from './routes/context.js'

/**
 * Starts to listen.
 * @returns the port, chosen by the system where 0 was asked for
 * @throws ExitError 75 when the port is taken
 */
export async function listen(
  app: Routes,
  { host, port }: Pick<ApiConfig, 'host' | 'port'>,
): Promise<number> {
  await app.ready()
  try {
    await once(app.server.listen({ host, port }), 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const message = `Port ${port} is taken by another process: stop that one, or set PORT to a free port.`
    throw new ExitError(EXIT.temporary, message, { cause: error })
  }
  return (app.server.address() as AddressInfo).port
}
