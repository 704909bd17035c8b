import Type from 'typebox'
import { PAGE_BOUNDS } from '../history/figures-reader.js'
import { MOST_COUNTED, SessionStatsSchema, viewSessionStats } from '../history/session-stats.js'
import { readDays, TimeZoneSchema } from '../history/time-zone.js'
import {
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

/** Registered beside `/:id/summary`: the router takes the path that is written out first. */
export function registerStatsRoute(app: Routes, context: RouteContext): void {
  const { config, store, figures, now } = context

  app.get(
    '/stats/summary',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.history],
        summary: 'The latest sessions of the caller, and what they add up to',
        description: 'Who is not signed in has none.',
        querystring: Type.Object({ tz: TimeZoneSchema }),
        response: {
          200: SuccessSchema(SessionStatsSchema, 'Of the caller’s own sessions'),
          ...failures('VALIDATION_FAILED', ...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const days = readDays(request.query.tz ?? config.defaultTimeZone)
      const { caller } = request
      const outlines =
        caller === null ? [] : await store.history.outline(caller.userId, MOST_COUNTED + 1)
      const unread = outlines.slice(0, MOST_COUNTED).filter(({ emotion }) => emotion === null)
      const { found, isAll } = await figures.read(unread, PAGE_BOUNDS)
      return succeed(viewSessionStats(outlines, { now: now(), days, found, complete: isAll }))
    },
  )
}
