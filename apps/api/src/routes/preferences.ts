import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import {
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import { PreferencesSchema, pickPreferences } from '../preferences/preferences.js'
import type { RouteContext, Routes } from './context.js'

const PATH = '/api/user/preferences'
const USER_FAILURES = ['AUTH_REQUIRED', ...TOKEN_FAILURES, ...DATABASE_FAILURES] as const

export function registerPreferenceRoutes(app: Routes, { store }: RouteContext): void {
  app.get(
    PATH,
    {
      config: { access: 'user' },
      schema: {
        tags: [TAGS.account],
        summary: 'How the user likes it shown',
        response: {
          200: SuccessSchema(OrNull(PreferencesSchema), 'What was set; null: nothing ever was'),
          ...failures(...USER_FAILURES),
        },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return succeed(pickPreferences(await store.preferences.get(userIdOf(request.caller))))
    },
  )

  app.put(
    PATH,
    {
      config: { access: 'user' },
      schema: {
        tags: [TAGS.account],
        summary: 'Set how the user likes it shown',
        description:
          'Sets what is named and leaves the rest; names that are not known are dropped.',
        body: Type.Object({ preferences: PreferencesSchema }),
        response: {
          200: SuccessSchema(PreferencesSchema, 'All that is set now'),
          ...failures(
            'VALIDATION_FAILED',
            'MALFORMED_JSON',
            'BODY_TOO_LARGE',
            'UNSUPPORTED_MEDIA_TYPE',
            ...USER_FAILURES,
          ),
        },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const userId = userIdOf(request.caller)
      const change = pickPreferences(request.body.preferences) ?? {}
      const merged = pickPreferences(await store.preferences.merge(userId, change))
      // The account was deleted since the token was looked at.
      if (merged === null) throw new ApiError('TOKEN_INVALID')
      return succeed(merged)
    },
  )
}

function userIdOf(caller: { readonly userId: string } | null): string {
  if (caller === null) throw new ApiError('AUTH_REQUIRED')
  return caller.userId
}
