import Type from 'typebox'
import {
  DashboardSchema,
  MOST_SESSIONS,
  selectForDashboard,
  viewDashboard,
  viewNobodysDashboard,
} from '../history/dashboard.js'
import { PAGE_BOUNDS } from '../history/figures-reader.js'
import { readDays, TimeZoneSchema } from '../history/time-zone.js'
import {
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { TAGS } from '../plugins/openapi.js'
import { pickPreferences } from '../preferences/preferences.js'
import type { RouteContext, Routes } from './context.js'

const Language = Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('ko')]))

export function registerDashboardRoute(app: Routes, context: RouteContext): void {
  const { config, store, figures, now } = context

  app.get(
    '/api/dashboard/summary',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.history],
        summary: 'How today was, beside yesterday, and what may help',
        querystring: Type.Object({ tz: TimeZoneSchema, language: Language }),
        response: {
          200: SuccessSchema(DashboardSchema, 'Of the caller’s own sessions'),
          ...failures('VALIDATION_FAILED', ...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { tz: timeZone = config.defaultTimeZone, language } = request.query
      const at = now()
      const days = readDays(timeZone)
      if (request.caller === null) {
        return succeed(viewNobodysDashboard(days.dayOf(at), timeZone))
      }
      const { userId: ownerId } = request.caller
      const [latest, preferences] = await Promise.all([
        store.history.list({ ownerId, limit: MOST_SESSIONS }),
        store.preferences.get(ownerId),
      ])
      const sessions = selectForDashboard(latest, at)
      const unread = sessions.filter((session) => session.figures === null)
      const { found, isAll } = await figures.read(unread, PAGE_BOUNDS)
      const read = sessions.map((session) => ({
        ...session,
        figures: session.figures ?? found.get(session.id) ?? null,
      }))
      const options = { now: at, timeZone, days, complete: isAll }
      return succeed(
        viewDashboard(read, {
          ...options,
          language:
            language ??
            pickPreferences(preferences)?.language ??
            negotiateLanguage(request.headers['accept-language']) ??
            'en',
        }),
      )
    },
  )
}
