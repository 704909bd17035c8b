import { randomUUID } from 'node:crypto'
import { createAdminAccess, createMetricsAccess, createTally, createTokenBucket } from '@bemore/ops'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { answerClientError } from './http/client-error.js'
import { createValidatorBuilder } from './http/validator.js'
import { createErrorStatistics } from './operator/error-statistics.js'
import { accessPlugin } from './plugins/access.js'
import { corsPlugin } from './plugins/cors.js'
import { errorStatisticsPlugin } from './plugins/error-statistics.js'
import { failuresPlugin, notFoundPlugin, sendFailure } from './plugins/failures.js'
import { jsonBodyPlugin } from './plugins/json-body.js'
import { openApiPlugin } from './plugins/openapi.js'
import { overloadPlugin } from './plugins/overload.js'
import { rateLimitPlugin } from './plugins/rate-limit.js'
import { requestIdentityPlugin } from './plugins/request-identity.js'
import { requestMetricsPlugin } from './plugins/request-metrics.js'
import { securityHeadersPlugin } from './plugins/security-headers.js'
import { webSocketSplicePlugin } from './plugins/web-socket-splice.js'
import type { ApiDeps, Routes } from './routes/context.js'
import { createContext } from './routes/create-context.js'
import { registerRoutes } from './routes/register-routes.js'
import { createSessionOwners } from './sessions/session-owners.js'
import { createUpgradeSplice, type UpgradeSplice } from './splice/upgrade-splice.js'

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
  const statistics = createErrorStatistics(deps.now)
  await app.register(errorStatisticsPlugin, { statistics })
  await app.register(securityHeadersPlugin)
  await app.register(corsPlugin, { origins: config.corsOrigins })
  await app.register(overloadPlugin, { pressure: deps.pressure })
  await app.register(rateLimitPlugin, { perMinute: config.rateLimitPerMinute })
  const context = createContext(deps, statistics)
  await app.register(accessPlugin, {
    callers: context.callers,
    owners: createSessionOwners(deps.store, config.ownerCacheEntries),
    authRequired: config.authRequired === 'yes',
    mayReadMetrics: createMetricsAccess(config),
    mayAdminister: createAdminAccess(config),
  })
  await app.register(notFoundPlugin)
  await app.register(jsonBodyPlugin)
  await app.register(openApiPlugin, { version: identity.version })
  await app.register(webSocketSplicePlugin, {
    drainSpreadMs: Math.min(config.drainSpreadMs, config.shutdownTimeoutMs * DRAIN_SHARE),
    splice: createSplice(deps),
  })

  await registerRoutes(app, context)
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
    schemaController: { compilersFactory: { buildValidator: createValidatorBuilder() } },
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
