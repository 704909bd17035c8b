import Type from 'typebox'
import { SuccessSchema, succeed } from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const HomeSchema = Type.Object(
  {
    name: Type.Literal('BeMore'),
    version: Type.String(),
    documentation: Type.String(),
    openapi: Type.String(),
    asyncapi: Type.String(),
    errors: Type.String(),
    health: Type.String(),
  },
  {
    examples: [
      {
        name: 'BeMore',
        version: '0.1.0',
        documentation: '/docs',
        openapi: '/openapi.json',
        asyncapi: '/asyncapi.json',
        errors: '/docs/errors',
        health: '/health',
      },
    ],
  },
)

/** For whoever opens the address in a browser, or checks that something answers. */
export function registerHomeRoute(app: Routes, { identity }: RouteContext): void {
  const home = succeed({
    name: 'BeMore' as const,
    version: identity.version,
    documentation: '/docs',
    openapi: '/openapi.json',
    asyncapi: '/asyncapi.json',
    errors: '/docs/errors',
    health: '/health',
  })
  app.get(
    '/',
    {
      config: { access: 'open', rateLimit: false, quiet: true },
      schema: {
        tags: [TAGS.health],
        summary: 'What this is',
        response: { 200: SuccessSchema(HomeSchema, 'Where to go from here') },
      },
    },
    async () => home,
  )
}
