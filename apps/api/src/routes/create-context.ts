import { createAccounts } from '../accounts/create-accounts.js'
import { createFeedbackTaker } from '../feedback/session-feedback.js'
import { createAuditTrail } from '../operator/audit-trail.js'
import type { ErrorStatistics } from '../operator/error-statistics.js'
import { createReports } from '../reports/create-reports.js'
import { createSpeechTaker } from '../speech/session-speech.js'
import type { ApiDeps, RouteContext } from './context.js'

/** Builds what the routes are made of upon the parts of the composition root. */
export function createContext(deps: ApiDeps, statistics: ErrorStatistics): RouteContext {
  const { config, store, log, identity, textModel: model } = deps
  const producer = `api:${identity.id}`
  const words = { config, log, store, model, producer }
  return {
    ...deps,
    ...createReports({ ...deps, producer }),
    ...createAccounts(deps),
    speech: createSpeechTaker(words),
    feedback: createFeedbackTaker(words),
    trail: createAuditTrail({ store, log }),
    statistics,
    producer,
  }
}
