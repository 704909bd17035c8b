import type { AuditTrail } from '../operator/audit-trail.js'
import type { Routes } from '../routes/context.js'

/** Every call of the operator's routes that was turned away is in the audit log. */
export function auditRefusals(routes: Routes, trail: AuditTrail): void {
  routes.addHook('onResponse', (request, reply, done) => {
    if (reply.failureCode === 'ADMIN_CLOSED') {
      const { method, routeOptions, id: requestId } = request
      const subject = `${method} ${routeOptions.url ?? 'none'}`
      void trail.recordRefused({ actor: 'anonymous', action: 'admin.call', subject, requestId })
    }
    done()
  })
}
