import type { FastifyRequest } from 'fastify'
import { ApiError } from '../http/api-error.js'
import type { AuditTrail } from '../operator/audit-trail.js'

export type AccountAction =
  | 'account.create'
  | 'account.login'
  | 'account.password'
  | 'account.export'
  | 'account.delete'

/** What users do with their accounts, for operators to look at. Addresses and names are not in it. */
export interface AccountAudit {
  done(action: AccountAction, userId: string, request: FastifyRequest): Promise<void>
  /**
   * Waits for `work`; where it is refused, that is written down too.
   * @param whose tells whose account it is, where nobody is signed in
   */
  attempt<T>(
    action: AccountAction,
    request: FastifyRequest,
    work: Promise<T>,
    whose?: () => Promise<string | null>,
  ): Promise<T>
}

export function createAccountAudit(trail: AuditTrail): AccountAudit {
  return {
    done: (action, userId, { id: requestId }) =>
      trail.record({
        ...{ actor: `user:${userId}`, action, subject: userId, outcome: 'ok', requestId },
      }),
    async attempt(action, { id: requestId, caller }, work, whose = async () => null) {
      try {
        return await work
      } catch (error) {
        // An outage refuses nobody.
        if (!(error instanceof ApiError)) throw error
        const actor = caller === null ? 'anonymous' : (`user:${caller.userId}` as const)
        const subject = caller?.userId ?? (await whose().catch(() => null))
        await trail.recordRefused({ actor, action, subject, requestId })
        throw error
      }
    },
  }
}
