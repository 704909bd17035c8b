import { CHANNELS } from '@bemore/protocol'
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'

const SocketUrl = Type.String({ examples: ['wss://realtime.example.org/ws/landmarks/sess_…'] })

export const SocketUrlsSchema = Type.Object({
  landmarks: SocketUrl,
  voice: SocketUrl,
  session: SocketUrl,
  all: Type.String({ description: 'One socket for all three channels' }),
})
export type SocketUrls = Static<typeof SocketUrlsSchema>

/** @param base `wss://host[:port]`, without a trailing slash */
export function buildSocketUrls(base: string, sessionId: string): SocketUrls {
  const [landmarks, voice, session] = CHANNELS.map(
    (channel) => `${base}/ws/${channel}/${sessionId}`,
  ) as [string, string, string]
  return { landmarks, voice, session, all: `${base}/ws/${sessionId}` }
}

/**
 * Where the caller reached this server, as a WebSocket address: it splices the sockets through. The
 * framework reads forwarded headers for this only when told to trust the proxy.
 */
export function socketBaseOf(request: FastifyRequest): string {
  const scheme = request.protocol === 'https' ? 'wss' : 'ws'
  const base = `${scheme}://${request.host}`
  if (request.host !== '' && URL.canParse(base)) return base
  const { localAddress, localPort } = request.socket
  const address = localAddress?.includes(':') ? `[${localAddress}]` : localAddress
  return `${scheme}://${address}:${localPort}`
}
