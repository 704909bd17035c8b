import { createAuditTrail } from '../operator/audit-trail.js'
import { auditRefusals } from '../plugins/refusal-audit.js'
import { registerAdminProcessRoutes } from './admin-processes.js'
import { registerAdminRecordRoutes } from './admin-records.js'
import { registerAdminSessionRoute } from './admin-sessions.js'
import type { RouteContext, Routes } from './context.js'

/** For whoever runs the system: what goes on in it, and a way to have a process replaced. */
export async function registerAdminRoutes(app: Routes, context: RouteContext): Promise<void> {
  await app.register(
    async (admin: Routes) => {
      const trail = createAuditTrail(context)
      auditRefusals(admin, trail)
      registerAdminSessionRoute(admin, context, trail)
      registerAdminProcessRoutes(admin, context, trail)
      registerAdminRecordRoutes(admin, context)
    },
    { prefix: '/api/admin' },
  )
}
