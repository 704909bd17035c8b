import { auditRefusals } from '../plugins/refusal-audit.js'
import { registerAdminProcessRoutes } from './admin-processes.js'
import { registerAdminRecordRoutes } from './admin-records.js'
import { registerAdminSessionRoute } from './admin-sessions.js'
import type { RouteContext, Routes } from './context.js'

/** For whoever runs the system: what goes on in it, and a way to have a process replaced. */
export async function registerAdminRoutes(app: Routes, context: RouteContext): Promise<void> {
  await app.register(
    async (admin: Routes) => {
      auditRefusals(admin, context.trail)
      registerAdminSessionRoute(admin, context)
      registerAdminProcessRoutes(admin, context)
      registerAdminRecordRoutes(admin, context)
    },
    { prefix: '/api/admin' },
  )
}
