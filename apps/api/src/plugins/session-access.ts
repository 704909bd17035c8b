import { isSessionId } from '@bemore/protocol'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../http/api-error.js'

/**
 * The one gate before every route of a single session, found by its `:id`. As long as there are no
 * accounts the id is the credential, so this only turns away what cannot be one; whose session it is
 * will be asked here and nowhere else.
 */
export function guardSessionRoutes(routes: FastifyInstance): void {
  routes.addHook<{ Params: { id: string } }>('onRequest', (request, _reply, done) => {
    if (isSessionId(request.params.id)) done()
    else done(new ApiError('SESSION_NOT_FOUND'))
  })
}
