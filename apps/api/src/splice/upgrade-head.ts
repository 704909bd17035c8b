import type { IncomingMessage } from 'node:http'

/**
 * The request head as the client sent it, byte for byte but for the forwarding headers: those tell
 * realtime whom it talks to, so a client's own are kept only where a trusted proxy put them.
 */
export function buildUpgradeHead(request: IncomingMessage, trustProxy: boolean): Buffer {
  const { rawHeaders, method, url, httpVersion, socket } = request
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  const forwarded = new Map<string, string>()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    const lower = name.toLowerCase()
    if (lower === 'x-forwarded-for' || lower === 'x-forwarded-proto') {
      if (trustProxy) forwarded.set(lower, joinValues(forwarded.get(lower), value))
    } else {
      lines.push(`${name}: ${value}`)
    }
  }
  const client = socket.remoteAddress ?? 'unknown'
  lines.push(
    `X-Forwarded-For: ${joinValues(forwarded.get('x-forwarded-for'), client)}`,
    `X-Forwarded-Proto: ${forwarded.get('x-forwarded-proto') ?? 'http'}`,
  )
  // Node reads header bytes as latin1; written the same way they come out as they came in.
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function joinValues(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`
}
