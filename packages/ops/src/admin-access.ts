import { createBearerCheck } from './bearer-token.js'
import type { ApiConfig } from './config.js'

/**
 * Whether a request may call the operator's API, by its Authorization header ('' without one). Without
 * an ADMIN_TOKEN nobody may, in development neither: it stops processes and tells of everybody.
 */
export function createAdminAccess({
  adminToken,
}: Pick<ApiConfig, 'adminToken'>): (authorization: string) => boolean {
  return adminToken === '' ? () => false : createBearerCheck(adminToken)
}
