import type { Metrics } from '@bemore/ops'
import Type from 'typebox'
import {
  BODY_FAILURES,
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import { createWebVitals, RATINGS, VITALS } from '../vitals/web-vitals.js'
import type { Routes } from './context.js'

/** Room for an alert with a stack in it. */
const BODY_LIMIT_BYTES = 16_384

/** Clients disagree on whether a time is a number or a text; it is not used. */
const Timestamp = Type.Optional(Type.Union([Type.Number(), Type.String()]))

const ReceivedSchema = Type.Object({ received: Type.Literal(true) })
const RECEIVED = succeed({ received: true as const })

const RESPONSES = {
  200: SuccessSchema(ReceivedSchema, 'It was counted'),
  ...failures(...BODY_FAILURES, ...TOKEN_FAILURES, ...DATABASE_FAILURES),
}

/**
 * What pages tell of themselves, by `sendBeacon` too, which sends a text as text/plain: here, and
 * nowhere else, that is read as JSON.
 */
export async function registerAnalyticsRoutes(
  app: Routes,
  { metrics }: { readonly metrics: Metrics },
): Promise<void> {
  const vitals = createWebVitals(metrics)

  await app.register(
    async (routes: Routes) => {
      routes.addContentTypeParser(
        'text/plain',
        { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
        routes.getDefaultJsonParser('error', 'error'),
      )

      routes.post(
        '/vitals',
        {
          bodyLimit: BODY_LIMIT_BYTES,
          config: { access: 'anyone' },
          schema: {
            tags: [TAGS.health],
            summary: 'Report a web vital',
            description: 'Counted in `/metrics`; JSON, also as text/plain.',
            body: Type.Object(
              {
                name: Type.Enum([...VITALS]),
                value: Type.Number({ minimum: 0, description: 'ms; of CLS a score' }),
                rating: Type.Enum([...RATINGS]),
                timestamp: Timestamp,
              },
              {
                examples: [
                  { name: 'LCP', value: 1830.5, rating: 'good', timestamp: 1_795_424_193_274 },
                ],
              },
            ),
            response: RESPONSES,
          },
        },
        async ({ body: { name, rating, value } }) => {
          vitals.note(name, rating, value)
          return RECEIVED
        },
      )

      routes.post(
        '/alert',
        {
          bodyLimit: BODY_LIMIT_BYTES,
          config: { access: 'anyone' },
          schema: {
            tags: [TAGS.health],
            summary: 'Report an alert of a page',
            description:
              'Counted in `/metrics`, and nothing more: its words may be private, so they are neither logged nor kept.',
            body: Type.Object({
              message: Type.String(),
              timestamp: Timestamp,
              url: Type.Optional(Type.String()),
            }),
            response: RESPONSES,
          },
        },
        async () => {
          vitals.noteAlert()
          return RECEIVED
        },
      )
    },
    { prefix: '/api/analytics' },
  )
}
