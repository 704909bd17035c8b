import { createTally, type Metrics } from '@bemore/ops'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
/** Whatever else a stranger writes in the place of a method is one label value. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Counts and times requests by the template of their route: a URL holds ids, and whatever strangers
 * try. Those that match none are one route, `none`.
 */
export const requestMetricsPlugin = fp<{ readonly metrics: Metrics }>(
  async (app, { metrics }) => {
    const requests = createTally()
    const failures = createTally()
    let inFlight = 0
    const took = metrics.durations(
      'bemore_http_request_duration_seconds',
      'From the head of a request to the end of its reply, by route template',
      ['method', 'route'],
      BUCKETS,
    )
    metrics.counters(
      'bemore_http_requests_total',
      'Requests, by route template and status; `aborted` where the client left first',
      ['method', 'route', 'status'],
      () => requests.samples(),
    )
    metrics.counters(
      'bemore_http_failures_total',
      'Requests that failed, by code of the error catalogue',
      ['code'],
      () => failures.samples(),
    )
    metrics.gauge('bemore_http_requests_in_flight', 'Requests being answered', () => inFlight)

    app.addHook('onRequest', (request, reply, done) => {
      inFlight += 1
      // Comes once for every request, however it ends; `onResponse` does not.
      reply.raw.once('close', () => {
        inFlight -= 1
        if (!reply.raw.writableFinished) requests.add(...labelsOf(request), 'aborted')
      })
      done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      const [method, route] = labelsOf(request)
      requests.add(method, route, String(reply.statusCode))
      took(reply.elapsedTime / 1_000, method, route)
      if (reply.failureCode !== null) failures.add(reply.failureCode)
      done()
    })
  },
  { name: 'request-metrics', dependencies: ['failures'] },
)

function labelsOf({ method, routeOptions }: FastifyRequest): readonly [string, string] {
  return [METHODS.has(method) ? method : 'other', routeOptions.url ?? 'none']
}
