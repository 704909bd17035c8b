import cors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'
import { createOriginMatcher } from '../http/origin-pattern.js'

/**
 * The headers are those the web client really sends and reads. It tells "CORS is broken" from "the
 * server refused" by whether it can read Access-Control-Allow-Origin, so that one is exposed too, on
 * error replies as well, and a page of our own origin gets it like any other.
 */
const COMMON: FastifyCorsOptions = {
  methods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'],
  allowedHeaders: [
    'content-type',
    'authorization',
    'x-request-id',
    'x-client-version',
    'x-device-id',
    'x-timestamp',
    'x-csrf-token',
    'idempotency-key',
    'if-none-match',
  ],
  exposedHeaders: [
    'access-control-allow-origin',
    'x-request-id',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'retry-after',
    'etag',
    'content-disposition',
    'x-bemore-stale',
  ],
  // Each call of the web client carries custom headers, so each would be preflighted.
  maxAge: 86_400,
  strictPreflight: false,
}
const ALLOWED: FastifyCorsOptions = { ...COMMON, origin: true }
const UNKNOWN: FastifyCorsOptions = { ...COMMON, origin: false }

export const corsPlugin = fp<{ readonly origins: readonly string[] }>(
  async (app, { origins }) => {
    const isListed = createOriginMatcher(origins)
    const isAllowed = (request: FastifyRequest) => {
      const { origin } = request.headers
      return origin === undefined || isListed(origin) || isSameOrigin(origin, request.host)
    }
    await app.register(cors, {
      delegator: (request, done) => {
        if (isAllowed(request)) return done(null, ALLOWED)
        // The browser shows a refused preflight in its console: this one says what to do.
        if (isPreflight(request)) return done(new ApiError('ORIGIN_NOT_ALLOWED'))
        return done(null, UNKNOWN)
      },
    })
  },
  { name: 'cors' },
)

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
