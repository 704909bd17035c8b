import { describeSockets, isErrorCode } from '@bemore/protocol'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { renderErrorList, renderErrorPage } from '../error-docs/error-page.js'
import { ERROR_PAGE_POLICY } from '../error-docs/error-style.js'
import { ApiError } from '../http/api-error.js'
import type { RouteContext, Routes } from './context.js'

/** They change with a release only. */
const CACHED = 'public, max-age=3600'

/** What the API says of itself besides `/docs` and `/openapi.json`: its sockets, and its errors. */
export function registerApiDocsRoutes(app: Routes, { identity }: RouteContext): void {
  const sockets = describeSockets({ version: identity.version })
  const open = { config: { access: 'open' }, schema: { hide: true } } as const

  app.get('/asyncapi.json', open, async () => sockets)
  app.get('/docs/errors', open, async (_request, reply) => sendPage(reply, renderErrorList()))
  app.get(
    '/docs/errors/:code',
    { ...open, schema: { hide: true, params: Type.Object({ code: Type.String() }) } },
    async (request, reply) => {
      const { code } = request.params
      if (!isErrorCode(code)) throw new ApiError('ROUTE_NOT_FOUND')
      return sendPage(reply, renderErrorPage(code))
    },
  )
}

function sendPage(reply: FastifyReply, page: string) {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': ERROR_PAGE_POLICY,
      'cache-control': CACHED,
    })
    .send(page)
}
