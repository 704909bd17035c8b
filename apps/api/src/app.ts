import { randomUUID } from 'node:crypto'
import { createAccessTokens, createPasswords, loadSigningSecret } from '@bemore/accounts'
import type { TextEmotionModel } from '@bemore/core'
import {
  type ApiConfig,
  createMetricsAccess,
  createTally,
  createTokenBucket,
  type Health,
  type Logger,
  type Metrics,
  type Pressure,
  type ProcessIdentity,
} from '@bemore/ops'
import type { Bus, Database, Store } from '@bemore/store'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { createCallerReader } from './accounts/caller.js'
import { createAccountDeletion } from './accounts/deletion.js'
import { createSignIns } from './accounts/sign-ins.js'
import type { ProcessSight } from './background/process-sight.js'
import { answerClientError } from './http/client-error.js'
import { accessPlugin } from './plugins/access.js'
import { corsPlugin } from './plugins/cors.js'
import { failuresPlugin, notFoundPlugin, sendFailure } from './plugins/failures.js'
import { jsonBodyPlugin } from './plugins/json-body.js'
import { openApiPlugin } from './plugins/openapi.js'
import { overloadPlugin } from './plugins/overload.js'
import { rateLimitPlugin } from './plugins/rate-limit.js'
import { requestIdentityPlugin } from './plugins/request-identity.js'
import { requestMetricsPlugin } from './plugins/request-metrics.js'
import { securityHeadersPlugin } from './plugins/security-headers.js'
import { webSocketSplicePlugin } from './plugins/web-socket-splice.js'
import { createPdfRendering } from './reports/pdf-rendering.js'
import { createReportCache } from './reports/report-cache.js'
import { createReportReader } from './reports/report-reader.js'
import { createWindowFlush } from './reports/window-flush.js'
import { registerAccountRoutes } from './routes/account.js'
import { registerApiDocsRoutes } from './routes/api-docs.js'
import type { RouteContext, Routes } from './routes/context.js'
import { registerEmotionRoute } from './routes/emotion.js'
import { registerHealthRoutes } from './routes/health.js'
import { registerHomeRoute } from './routes/home.js'
import { registerMetricsRoute } from './routes/metrics.js'
import { registerControlRoutes } from './routes/session-control.js'
import { registerListRoute, registerLookupRoutes } from './routes/session-lookup.js'
import { registerNarrativeRoute } from './routes/session-narrative.js'
import { registerPrivacyRoutes, registerReceiptRoute } from './routes/session-privacy.js'
import { registerReportRoutes } from './routes/session-report.js'
import { registerStartRoute } from './routes/session-start.js'
import { registerUtteranceRoute } from './routes/session-utterance.js'
import { registerSignInRoutes } from './routes/sign-in.js'
import { registerTranscribeRoute } from './routes/transcribe.js'
import { createLiveChannelFinder } from './sessions/live-channels.js'
import { createSessionEnding } from './sessions/session-ending.js'
import { createSessionOwners } from './sessions/session-owners.js'
import { createSpeechTaker } from './speech/session-speech.js'
import type { WordsCompanion } from './speech/words-companion.js'
import { createUpgradeSplice, type UpgradeSplice } from './splice/upgrade-splice.js'

export interface ApiDeps {
  readonly config: ApiConfig
  readonly log: Logger
  readonly database: Pick<Database, 'state'>
  readonly store: Store
  readonly bus: Bus
  readonly health: Health
  readonly metrics: Metrics
  readonly pressure: Pressure
  readonly textModel: TextEmotionModel
  readonly companion: WordsCompanion
  readonly sight: ProcessSight
  /** Its id names this process in the log of events; unique among all there ever were. */
  readonly identity: ProcessIdentity
  /** Unix ms. */
  now(): number
}

/** Longer than any balancer keeps an idle connection, so that it is the one to close it. */
const KEEP_ALIVE_MS = 72_000
/** A connection in the middle of a request or reply on which nothing moves for this long is cut. */
const INACTIVITY_MS = 30_000
/** Connections besides the carried sockets; the kernel queues or refuses what is beyond. */
const HTTP_CONNECTIONS = 10_000
/** Longer than any session id by far; what is longer still names no session. */
const MAX_PARAM_LENGTH = 256

/** Of the time for the whole stop, what carried sockets may take to leave. */
const DRAIN_SHARE = 0.4

/** The HTTP application, not listening yet. It owns no timer and no connection. */
export async function buildApi(deps: ApiDeps): Promise<Routes> {
  const { config, identity } = deps
  const app = createServer(deps)
  app.server.maxConnections = config.maxSplicedSockets + HTTP_CONNECTIONS

  // In the order in which they see a request: the id first, and CORS before anything that may refuse.
  await app.register(failuresPlugin)
  await app.register(requestIdentityPlugin)
  await app.register(requestMetricsPlugin, { metrics: deps.metrics })
  await app.register(securityHeadersPlugin)
  await app.register(corsPlugin, { origins: config.corsOrigins })
  await app.register(overloadPlugin, { pressure: deps.pressure })
  await app.register(rateLimitPlugin, { perMinute: config.rateLimitPerMinute })
  const context = createContext(deps)
  await app.register(accessPlugin, {
    callers: context.callers,
    owners: createSessionOwners(deps.store, config.ownerCacheEntries),
    authRequired: config.authRequired === 'yes',
    mayReadMetrics: createMetricsAccess(config),
  })
  await app.register(notFoundPlugin)
  await app.register(jsonBodyPlugin)
  await app.register(openApiPlugin, { version: identity.version })
  await app.register(webSocketSplicePlugin, {
    drainSpreadMs: Math.min(config.drainSpreadMs, config.shutdownTimeoutMs * DRAIN_SHARE),
    splice: createSplice(deps),
  })

  registerAccountRoutes(app, context)
  registerSignInRoutes(app, context)
  registerHomeRoute(app, context)
  registerApiDocsRoutes(app, context)
  registerHealthRoutes(app, context)
  registerMetricsRoute(app, deps)
  registerEmotionRoute(app, context)
  await registerTranscribeRoute(app, context)
  registerReceiptRoute(app, context)
  await app.register(
    async (sessions: Routes) => {
      registerStartRoute(sessions, context)
      registerListRoute(sessions, context)
      registerLookupRoutes(sessions, context)
      registerControlRoutes(sessions, context)
      registerReportRoutes(sessions, context)
      registerNarrativeRoute(sessions, context)
      registerUtteranceRoute(sessions, context)
      registerPrivacyRoutes(sessions, context)
    },
    { prefix: '/api/session' },
  )
  return app
}

function createServer({ config, log }: ApiDeps): Routes {
  return Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxies,
    bodyLimit: config.bodyLimitBytes,
    requestTimeout: config.requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: INACTIVITY_MS,
    http: { headersTimeout: config.requestTimeoutMs, connectionsCheckingInterval: 2_000 },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Connections that are open when the server closes still get their answers.
    return503OnClosing: false,
    frameworkErrors: sendFailure,
    clientErrorHandler: answerClientError,
  }).withTypeProvider<TypeBoxTypeProvider>()
}

function createSplice({ config, log, metrics, pressure }: ApiDeps): UpgradeSplice {
  const refused = createTally()
  const splice = createUpgradeSplice({
    target: config.realtimeInternalUrl,
    maxSockets: config.maxSplicedSockets,
    trustProxy: config.trustedProxies > 0,
    arrivals: createTokenBucket(config.upgradesPerSecond, config.upgradeBurst),
    pressure,
    log,
    onRefused: (code) => refused.add(code),
  })
  metrics.gauge('bemore_splice_sockets', 'WebSockets carried through', () => splice.size)
  metrics.counters('bemore_splice_refused_total', 'Upgrades refused here', ['code'], () =>
    refused.samples(),
  )
  return splice
}

function createContext(deps: ApiDeps): RouteContext {
  const { config, store, bus, log, metrics, identity, now } = deps
  const producer = `api:${identity.id}`
  const timeoutMs = config.flushTimeoutMs
  const findLiveChannels = createLiveChannelFinder(store, config.staleMs)
  const ending = createSessionEnding({
    store,
    bus,
    log,
    findLiveChannels,
    timeoutMs,
    producer,
    now,
  })
  const cache = createReportCache({
    maxEntries: config.reportCacheEntries,
    maxBytes: config.reportCacheBytes,
  })
  const served = createTally()
  metrics.gauge('bemore_report_cache_entries', 'Reports kept', () => cache.size)
  metrics.gauge('bemore_report_cache_bytes', 'Memory they take', () => cache.bytes)
  metrics.counters(
    'bemore_reports_served_total',
    'Reports by where they came from: memory, memory confirmed by the database, the log, or stale',
    ['source'],
    () => served.samples(),
  )
  const flushWindows = createWindowFlush({ bus, findLiveChannels, timeoutMs })
  const reports = createReportReader({
    ...{ store, bus, cache, ending, flushWindows },
    renderPdf: createPdfRendering({
      concurrency: config.pdfConcurrency,
      timeoutMs: config.pdfTimeoutMs,
    }),
    onServed: (source) => served.add(source),
    eventLimit: config.reportEventLimit,
  })
  const speech = createSpeechTaker({ config, log, store, model: deps.textModel, producer })
  const secret = loadSigningSecret(config)
  const tokens = createAccessTokens({ secret, lifetimeMs: config.accessTokenLifetimeMs, now })
  const callers = createCallerReader({ config, tokens, accounts: store.accounts, now })
  const passwords = createPasswords(config)
  const { accounts } = store
  const signIns = createSignIns({ config, log, accounts, tokens, callers, passwords, now })
  const deleteAccount = createAccountDeletion({ store, callers, log })
  return { ...deps, reports, ending, speech, callers, passwords, signIns, deleteAccount, producer }
}
