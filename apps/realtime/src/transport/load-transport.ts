import { EXIT, ExitError, type RealtimeConfig } from '@bemore/ops'
import type { CreateTransport } from './port.js'

/**
 * Loads the engine that is asked for, and only that one: the native one has no binary for every
 * platform and Node version.
 * @throws ExitError 78 where it has none here.
 */
export async function loadTransport(kind: RealtimeConfig['transport']): Promise<CreateTransport> {
  if (kind === 'ws') return (await import('./ws.js')).createWsTransport
  try {
    return (await import('./uws.js')).createUwsTransport
  } catch (cause) {
    const here = `${process.platform} ${process.arch}, Node ${process.version}`
    const message = `uWebSockets.js does not load on ${here}. Set REALTIME_TRANSPORT=ws.`
    throw new ExitError(EXIT.config, message, { cause })
  }
}
