import type { FastifyReply, FastifyRequest } from 'fastify'

/** A `preValidation` hook: no body is one that says nothing, as clients that need none send it. */
export function optionalBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: () => void,
): void {
  request.body ??= {}
  done()
}
