import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { describeOperation, SECURITY_SCHEMES } from '../openapi/describe-operation.js'
import { type Paths, shareFailures } from '../openapi/share-failures.js'

export const TAGS = {
  account: 'Accounts',
  session: 'Sessions',
  report: 'Reports',
  history: 'History',
  words: 'Words',
  health: 'Health',
  operations: 'Operations',
} as const

/** The page loads its own scripts and styles, and calls this server; nothing else. */
const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
}

/** `/docs` for people, `/openapi.json` for tools; both made from the schemas the routes are held to. */
export const openApiPlugin = fp<{ readonly version: string }>(
  async (app, { version }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'BeMore',
          version,
          description:
            'Sessions and their reports. Live landmarks, voice and affect travel over the WebSockets named in the reply to a start, which /asyncapi.json describes. What an error code means is told at /docs/errors.',
        },
        tags: [
          { name: TAGS.account, description: 'Sign up, sign in, stay signed in, leave' },
          { name: TAGS.session, description: 'Start, pause, resume, end, look up, delete' },
          { name: TAGS.report, description: 'What a session showed; interim while it runs' },
          { name: TAGS.history, description: 'Of a person’s own sessions together' },
          { name: TAGS.words, description: 'Of a text or a recording by itself' },
          { name: TAGS.health, description: 'For platforms and operators' },
          {
            name: TAGS.operations,
            description: 'Behind ADMIN_TOKEN: what goes on, what went wrong, who did what',
          },
        ],
        components: { securitySchemes: SECURITY_SCHEMES },
      },
      transform: describeOperation,
      transformObject: (document) => {
        if (!('openapiObject' in document)) return document.swaggerObject
        const { openapiObject } = document
        const responses = shareFailures(openapiObject.paths as Paths)
        return {
          ...openapiObject,
          components: { ...openapiObject.components, responses },
        } as typeof openapiObject
      },
    })
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: PAGE_POLICY,
      uiConfig: { docExpansion: 'list', deepLinking: true },
    })
    app.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, async () =>
      app.swagger(),
    )
  },
  { name: 'openapi' },
)
