/**
 * WebSocket close codes, shared by both ends. The range is the verdict:
 * 1000 normal, 43xx reconnect with backoff, 44xx do not reconnect.
 */
export const CLOSE_CODES = {
  normal: { code: 1000, reconnect: false, reason: 'normal closure' },
  goingAway: { code: 1001, reconnect: true, reason: 'going away' },
  draining: { code: 4301, reconnect: true, reason: 'server draining' },
  unavailable: { code: 4303, reconnect: true, reason: 'cannot be served just now' },
  slowConsumer: { code: 4308, reconnect: true, reason: 'slow consumer' },
  noPong: { code: 4312, reconnect: true, reason: 'no sign of life' },
  rateLimited: { code: 4329, reconnect: true, reason: 'rate limit exceeded' },
  badToken: { code: 4401, reconnect: false, reason: 'token missing or invalid' },
  notOwner: { code: 4403, reconnect: false, reason: 'session belongs to another user' },
  sessionNotFound: { code: 4404, reconnect: false, reason: 'no such session' },
  helloTimeout: { code: 4408, reconnect: false, reason: 'hello timeout' },
  replaced: { code: 4409, reconnect: false, reason: 'replaced by a newer connection' },
  sessionEnded: { code: 4410, reconnect: false, reason: 'session ended' },
  frameTooLarge: { code: 4413, reconnect: false, reason: 'message too large' },
  protocolVersion: { code: 4426, reconnect: false, reason: 'unsupported protocol version' },
  malformed: { code: 4400, reconnect: false, reason: 'too many malformed messages' },
} as const

export type CloseName = keyof typeof CLOSE_CODES

/** Whether a client that saw this close code should reconnect (with backoff). */
export function shouldReconnect(code: number): boolean {
  if (code >= 4400 && code < 4500) return false
  return code !== CLOSE_CODES.normal.code
}
