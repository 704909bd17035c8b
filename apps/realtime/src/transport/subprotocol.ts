import { SUBPROTOCOL } from '@bemore/protocol'

/**
 * Which of the offered subprotocols is echoed: ours, or none. A token travels in the same header and
 * must never come back in a reply, where proxies and logs would keep it.
 */
export function chooseSubprotocol(offered: Iterable<string>): string {
  for (const name of offered) if (name === SUBPROTOCOL) return SUBPROTOCOL
  return ''
}

/** Splits a Sec-WebSocket-Protocol header. */
export function splitSubprotocols(header: string): string[] {
  return header.split(',').map((name) => name.trim())
}
