import Type from 'typebox'
import {
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { IsoTime, iso } from '../http/iso-time.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const Count = Type.Integer({ minimum: 0 })
const TotalsSchema = Type.Object({
  since: IsoTime,
  requests: Count,
  failures: Type.Object(
    { '4xx': Count, '5xx': Count },
    { description: 'By class of status; what failed, and where, is for operators' },
  ),
})

/** A name the web client has for it. */
export function registerMonitoringRoute(app: Routes, { statistics }: RouteContext): void {
  app.get(
    '/api/monitoring/error-stats',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.health],
        summary: 'How many requests failed',
        description: 'Of the process that answers, since it started.',
        response: {
          200: SuccessSchema(TotalsSchema, 'Totals'),
          ...failures(...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
    },
    async () => {
      const { since, ...totals } = statistics.totals()
      return succeed({ since: iso(since), ...totals })
    },
  )
}
