import { integer, token } from './setting.js'

/** Of what operators do and look up; part of `API_SETTINGS`. */
export const OPERATOR_SETTINGS = {
  adminToken: token('ADMIN_TOKEN', 'Bearer token of /api/admin; empty: closed', {
    fallback: '',
    minLength: 24,
  }),
  incidentRetentionDays: integer(
    'INCIDENT_RETENTION_DAYS',
    'Days for which incidents are kept that are over',
    { fallback: 90, min: 1, max: 3_650 },
  ),
  auditRetentionDays: integer('AUDIT_RETENTION_DAYS', 'Days for which the audit log is kept', {
    fallback: 365,
    min: 1,
    max: 3_650,
  }),
}
