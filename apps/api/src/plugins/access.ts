import { readBearerToken } from '@bemore/ops'
import { type ErrorCode, isSessionId } from '@bemore/protocol'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import type { Caller, CallerReader } from '../accounts/caller.js'
import { ApiError } from '../http/api-error.js'
import type { SessionOwners } from '../sessions/session-owners.js'

/**
 * Who may call a route. Every route says it, and this is the one place where it is held to; a route
 * that does not say keeps the process from starting.
 * - `open`: anybody; the Authorization header is not looked at.
 * - `anyone`: anybody, and a token says who. A bad one is a 401, so that the client refreshes it.
 * - `starter`: the same, but with AUTH_REQUIRED only who is signed in.
 * - `session`: of a session that nobody owns whoever has its id, which cannot be guessed; else its owner.
 * - `session-in-body`: the same, of the `sessionId` in the body.
 * - `user`: who is signed in.
 * - `admin`, `metrics`: who has the operator's token.
 */
export type Access =
  | 'open'
  | 'anyone'
  | 'starter'
  | 'session'
  | 'session-in-body'
  | 'user'
  | 'admin'
  | 'metrics'

export interface AccessDeps {
  readonly callers: CallerReader
  readonly owners: SessionOwners
  readonly authRequired: boolean
  /** Whether an Authorization header ('' without one) opens the metrics. */
  mayReadMetrics(authorization: string): boolean
  /** The same for the operator's API. */
  mayAdminister(authorization: string): boolean
}

/** What was registered, for whoever has to show that nothing is left out. */
export interface GuardedRoute {
  readonly method: string
  /** As registered: `/api/session/:id`. */
  readonly url: string
  readonly access: Access
}

type Next = (error?: Error) => void
type Check = (request: FastifyRequest, next: Next) => void

/** Routes of plugins that cannot say it themselves. */
const PLUGIN_ROUTES = /^\/docs(\/|$)/

export const accessPlugin = fp<AccessDeps>(
  async (app, deps) => {
    const routes: GuardedRoute[] = []
    app.decorate('guardedRoutes', routes)
    app.decorateRequest('caller', null)
    app.decorateRequest('refusal', null)
    const checks = createChecks(deps)
    app.addHook('onRoute', (route) => {
      const access = accessOf(route)
      if (access === undefined) {
        throw new Error(`${route.method} ${route.url} does not say who may call it`)
      }
      for (const method of [route.method].flat()) routes.push({ method, url: route.url, access })
      const { onRequest, preHandler } = checks[access]
      const asHook = route.config?.screensFirst === true ? deferring : refusing
      // Behind those that are there already: the rate limit comes before anything that asks.
      if (onRequest !== undefined) append(route, 'onRequest', asHook(onRequest))
      if (preHandler !== undefined) append(route, 'preHandler', asHook(preHandler))
    })
  },
  { name: 'access', dependencies: ['rate-limit'] },
)

function accessOf({ config, method, url }: RouteOptions): Access | undefined {
  if (config?.access !== undefined) return config.access
  return method === 'OPTIONS' || PLUGIN_ROUTES.test(url) ? 'open' : undefined
}

function append(route: RouteOptions, name: 'onRequest' | 'preHandler', hook: Hook): void {
  const present = route[name]
  const hooks = present === undefined ? [] : Array.isArray(present) ? present : [present]
  route[name] = [...hooks, hook]
}

type Hook = (request: FastifyRequest, reply: FastifyReply, next: Next) => void

function refusing(check: Check): Hook {
  return (request: FastifyRequest, _reply: FastifyReply, next: Next) => check(request, next)
}

function deferring(check: Check): Hook {
  return (request: FastifyRequest, _reply: FastifyReply, next: Next) =>
    check(request, (error) => {
      request.refusal = error ?? null
      next()
    })
}

interface Checks {
  readonly onRequest?: Check
  readonly preHandler?: Check
}

/** All in callbacks: what memory knows is answered without a promise, as the kept reports are. */
function createChecks(deps: AccessDeps): Record<Access, Checks> {
  const { callers, owners, authRequired } = deps

  const identify: Check = (request, next) => {
    const { authorization } = request.headers
    const settle = (caller: Caller) => {
      request.caller = caller
      next()
    }
    if (authorization === undefined) {
      next()
      return
    }
    const token = readBearerToken(authorization)
    if (token === undefined) {
      next(new ApiError('TOKEN_INVALID'))
      return
    }
    const known = callers.peek(token)
    if (known === undefined) callers.read(token).then(settle, next)
    else settle(known)
  }

  const identified =
    (then: Check): Check =>
    (request, next) =>
      identify(request, (error) => (error === undefined ? then(request, next) : next(error)))

  const requireUser: Check = identified(({ caller }, next) =>
    caller === null ? next(new ApiError('AUTH_REQUIRED')) : next(),
  )

  const requireOwner = (sessionId: unknown, caller: Caller | null, next: Next): void => {
    const judge = (ownerId: string | null) => {
      if (ownerId === null || ownerId === caller?.userId) next()
      else next(new ApiError(caller === null ? 'AUTH_REQUIRED' : 'SESSION_NOT_YOURS'))
    }
    if (typeof sessionId !== 'string' || !isSessionId(sessionId)) {
      next(new ApiError('SESSION_NOT_FOUND'))
      return
    }
    const known = owners.peek(sessionId)
    if (known === undefined) owners.read(sessionId).then(judge, next)
    else judge(known)
  }

  return {
    open: {},
    anyone: { onRequest: identify },
    starter: { onRequest: authRequired ? requireUser : identify },
    session: {
      onRequest: identified(({ params, caller }, next) =>
        requireOwner((params as { id?: string }).id, caller, next),
      ),
    },
    'session-in-body': {
      onRequest: identify,
      preHandler: ({ body, caller }, next) =>
        requireOwner((body as { sessionId?: unknown }).sessionId, caller, next),
    },
    user: { onRequest: requireUser },
    admin: { onRequest: requireToken(deps.mayAdminister, 'ADMIN_CLOSED') },
    metrics: { onRequest: requireToken(deps.mayReadMetrics, 'METRICS_CLOSED') },
  }
}

/** A token of the operator's, which is no user's. */
function requireToken(isAllowed: (authorization: string) => boolean, code: ErrorCode): Check {
  return ({ headers }, next) =>
    next(isAllowed(headers.authorization ?? '') ? undefined : new ApiError(code))
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly guardedRoutes: readonly GuardedRoute[]
  }
  interface FastifyRequest {
    /** Who is signed in; null: nobody, or the route does not ask. */
    caller: Caller | null
    /** Why the caller may not do this, on a route that looks at what was said first, then throws it. */
    refusal: Error | null
  }
  interface FastifyContextConfig {
    readonly access?: Access
    /**
     * A cry for help is heard whoever utters it: the handler runs for those who may not call it too,
     * screens the text, and does nothing further before it throws `request.refusal`.
     */
    readonly screensFirst?: boolean
  }
}
