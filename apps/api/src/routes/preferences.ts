import Type from 'typebox'
import { requireCaller } from '../accounts/caller.js'
import { ApiError } from '../http/api-error.js'
import { BODY_FAILURES, failures, SuccessSchema, succeed, USER_FAILURES } from '../http/envelope.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import { PreferencesSchema, pickPreferences } from '../preferences/preferences.js'
import type { RouteContext, Routes } from './context.js'

const PATH = '/api/user/preferences'

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
      return succeed(pickPreferences(await store.preferences.get(requireCaller(request).userId)))
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
          ...failures(...BODY_FAILURES, ...USER_FAILURES),
        },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const userId = requireCaller(request).userId
      const change = pickPreferences(request.body.preferences) ?? {}
      const merged = pickPreferences(await store.preferences.merge(userId, change))
      // The account was deleted since the token was looked at.
      if (merged === null) throw new ApiError('TOKEN_INVALID')
      return succeed(merged)
    },
  )
}
