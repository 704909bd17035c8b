/** Of a session id, which is a capability, the log gets only enough to tell sessions apart. */
export function shortSessionId(sessionId: string): string {
  return sessionId.slice(0, 12)
}
