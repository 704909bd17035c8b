import type { ErrorCode } from '@bemore/protocol'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'
import { renderFailure, toFailure } from '../http/failure.js'
import { negotiateLanguage } from '../http/language.js'

/** Sends whatever was thrown as a failure of the catalogue; the unforeseen is logged in full. */
export function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = toFailure(error)
  reply.failureCode = failure.code
  const language = negotiateLanguage(request.headers['accept-language']) ?? 'en'
  const { status, headers, body } = renderFailure(failure, language, request.id)
  if (failure.code === 'INTERNAL') {
    request.log.error({ event: 'http.fault', err: error }, 'unforeseen error')
  }
  // A URL that cannot be parsed meets no hook, so the id is set here for it.
  void reply.code(status).headers(headers).header('x-request-id', request.id).send(body)
}

/** Routes keep the error handler that was set when they were made: this comes before all of them. */
export const failuresPlugin = fp(
  async (app) => {
    app.decorateReply('failureCode', null)
    app.setErrorHandler<FastifyError>((error, request, reply) => sendFailure(error, request, reply))
  },
  { name: 'failures' },
)

/** Looking for routes counts as calling one. */
export const notFoundPlugin = fp(
  async (app) => {
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
      sendFailure(new ApiError('ROUTE_NOT_FOUND'), request, reply),
    )
  },
  { name: 'not-found', dependencies: ['rate-limit'] },
)

declare module 'fastify' {
  interface FastifyReply {
    /** What the reply says is wrong; null for a success. */
    failureCode: ErrorCode | null
  }
}
