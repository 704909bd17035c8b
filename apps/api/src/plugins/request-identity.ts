import { shortSessionId } from '@bemore/ops'
import fp from 'fastify-plugin'

/** The client's own request id is worth a place in the log, but not whatever else it may send there. */
const SAFE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,100}$/

/**
 * Every reply carries the id its log line has, and every request leaves one line: the route's
 * template instead of the URL, no body, no header but the client's request id.
 */
export const requestIdentityPlugin = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id)
      done()
    })

    app.addHook('onResponse', (request, reply, done) => {
      const { level, url } = describeRoute(request.routeOptions)
      request.log[level](
        {
          event: 'http.request',
          clientRequestId: readClientRequestId(request.headers['x-request-id']),
          method: request.method,
          route: url,
          sessionId: shortenSessionId(request.params),
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request',
      )
      done()
    })
  },
  { name: 'request-identity' },
)

/** Probes come every few seconds, for ever: they are worth a line only to someone who looks for them. */
function describeRoute(route: {
  readonly url?: string | undefined
  readonly config?: { readonly quiet?: boolean }
}): { level: 'info' | 'debug'; url: string } {
  return { level: route.config?.quiet === true ? 'debug' : 'info', url: route.url ?? 'none' }
}

function readClientRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && SAFE_REQUEST_ID.test(header) ? header : undefined
}

function shortenSessionId(params: unknown): string | undefined {
  const { id } = (params ?? {}) as { id?: string }
  return id === undefined ? undefined : shortSessionId(id)
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A probe: logged at debug level only, and answered under any load. */
    readonly quiet?: boolean
  }
}
