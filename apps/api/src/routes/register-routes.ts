import { registerAccountRoutes } from './account.js'
import { registerAdminRoutes } from './admin.js'
import { registerAnalyticsRoutes } from './analytics.js'
import { registerApiDocsRoutes } from './api-docs.js'
import type { RouteContext, Routes } from './context.js'
import { registerDashboardRoute } from './dashboard.js'
import { registerDevicesCheckRoute } from './devices-check.js'
import { registerEmotionRoute } from './emotion.js'
import { registerHealthRoutes } from './health.js'
import { registerHomeRoute } from './home.js'
import { registerMetricsRoute } from './metrics.js'
import { registerMonitoringRoute } from './monitoring.js'
import { registerPreferenceRoutes } from './preferences.js'
import { registerControlRoutes } from './session-control.js'
import { registerFeedbackRoute } from './session-feedback.js'
import { registerListRoute, registerLookupRoutes } from './session-lookup.js'
import { registerNarrativeRoute } from './session-narrative.js'
import { registerPrivacyRoutes, registerReceiptRoute } from './session-privacy.js'
import { registerReportRoutes } from './session-report.js'
import { registerStartRoute } from './session-start.js'
import { registerStatsRoute } from './session-stats.js'
import { registerBatchTickRoute, registerTickRoute } from './session-tick.js'
import { registerUtteranceRoute } from './session-utterance.js'
import { registerSignInRoutes } from './sign-in.js'
import { registerTranscribeRoute } from './transcribe.js'

/** Everything that can be asked of the API; each says itself who may. */
export async function registerRoutes(app: Routes, context: RouteContext): Promise<void> {
  registerAccountRoutes(app, context)
  registerSignInRoutes(app, context)
  registerHomeRoute(app, context)
  registerApiDocsRoutes(app, context)
  registerHealthRoutes(app, context)
  registerMetricsRoute(app, context)
  registerMonitoringRoute(app, context)
  await registerAdminRoutes(app, context)
  registerEmotionRoute(app, context)
  await registerTranscribeRoute(app, context)
  registerReceiptRoute(app, context)
  await registerAnalyticsRoutes(app, context)
  registerDashboardRoute(app, context)
  registerPreferenceRoutes(app, context)
  await app.register(
    async (sessions: Routes) => {
      registerStartRoute(sessions, context)
      registerListRoute(sessions, context)
      registerDevicesCheckRoute(sessions, context)
      registerBatchTickRoute(sessions, context)
      registerStatsRoute(sessions, context)
      registerLookupRoutes(sessions, context)
      registerControlRoutes(sessions, context)
      registerReportRoutes(sessions, context)
      registerNarrativeRoute(sessions, context)
      registerUtteranceRoute(sessions, context)
      registerFeedbackRoute(sessions, context)
      registerTickRoute(sessions, context)
      registerPrivacyRoutes(sessions, context)
    },
    { prefix: '/api/session' },
  )
}
