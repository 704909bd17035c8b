import { decideCommand } from '@bemore/core'
import type { SessionRow, Store } from '@bemore/store'
import { ApiError } from '../http/api-error.js'

/**
 * Pauses or resumes a session. Asking for what already is changes nothing: clients retry.
 * @throws ApiError SESSION_NOT_FOUND, SESSION_ENDED
 */
export async function commandSession(
  deps: { readonly store: Store; readonly producer: string; now(): number },
  sessionId: string,
  type: 'pause' | 'resume',
): Promise<SessionRow> {
  let refused = false
  const result = await deps.store.log.transact(sessionId, deps.producer, (session) => {
    const decision = decideCommand(session.status, { type }, deps.now())
    refused = !decision.ok
    return decision.ok ? decision.events : []
  })
  if (result === null) throw new ApiError('SESSION_NOT_FOUND')
  if (refused) throw new ApiError('SESSION_ENDED')
  return result.session
}
