import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import { failures, SESSION_FAILURES, SuccessSchema, succeed } from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import { commandSession } from '../sessions/session-command.js'
import { SessionIdSchema, SessionViewSchema, viewSession } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const Params = Type.Object({ id: SessionIdSchema })
const NO_BODY = 'No body is needed. Repeating it is no error.'

/** Pause, resume, end: idempotent, because the web client repeats them on any doubt. */
export function registerControlRoutes(app: Routes, context: RouteContext): void {
  const { ending, now } = context

  for (const command of ['pause', 'resume'] as const) {
    app.post(
      `/:id/${command}`,
      {
        config: { access: 'session' },
        schema: {
          tags: [TAGS.session],
          summary: command === 'pause' ? 'Pause a session' : 'Resume a session',
          description: NO_BODY,
          params: Params,
          response: {
            200: SuccessSchema(SessionViewSchema, 'The session as it is now'),
            ...failures('SESSION_ENDED', ...SESSION_FAILURES),
          },
        },
      },
      async (request) =>
        succeed(viewSession(await commandSession(context, request.params.id, command), now())),
    )
  }

  app.post(
    '/:id/end',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'End a session',
        description: `Answers when the last windows are in the log, so that a report asked for after it is final; within 2 s in any case. ${NO_BODY}`,
        params: Params,
        response: {
          200: SuccessSchema(SessionViewSchema, 'The ended session'),
          ...failures(...SESSION_FAILURES),
        },
      },
    },
    async (request) => {
      const session = await ending.end(request.params.id)
      if (session === null) throw new ApiError('SESSION_NOT_FOUND')
      return succeed(viewSession(session, now()))
    },
  )
}
