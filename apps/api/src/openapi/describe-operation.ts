import type { FastifySchema, RouteOptions } from 'fastify'
import type { Access } from '../plugins/access.js'
import { exampleOf } from './example-of.js'
import { operationIdOf } from './operation-id.js'
import { REPORT_EXAMPLES } from './report-examples.js'

/** By the names the document has for them; both are bearer tokens. */
export const SECURITY_SCHEMES = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'From a login or a refresh; short-lived. One that is wrong or expired is a 401.',
  },
  adminToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'ADMIN_TOKEN of the deployment, for its operators.',
  },
  metricsToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'METRICS_TOKEN of the deployment, for its monitoring.',
  },
} as const

type Requirement = Readonly<Record<string, readonly string[]>>

const NOBODY: Requirement = {}
const USER: Requirement = { accessToken: [] }

/** Who a route lets in, as OpenAPI says it: any one of these is enough. */
const REQUIREMENTS: Readonly<Record<Access, readonly Requirement[]>> = {
  open: [],
  anyone: [NOBODY, USER],
  starter: [NOBODY, USER],
  session: [NOBODY, USER],
  'session-in-body': [NOBODY, USER],
  user: [USER],
  admin: [{ adminToken: [] }],
  metrics: [NOBODY, { metricsToken: [] }],
}

/** A form is read by its own parser, so its route has no schema of a body; this documents it. */
const FORM_BODIES: Readonly<Record<string, JsonSchema>> = {
  postSttTranscribe: {
    type: 'object',
    required: ['audio'],
    properties: {
      audio: {
        ...{ type: 'string', format: 'binary' },
        description: 'webm, ogg, mp3, mp4, aac, flac or wav',
      },
    },
    examples: [{ audio: 'the bytes of audio.webm' }],
  },
}

interface OperationSchema extends FastifySchema {
  readonly operationId?: string
  readonly hide?: boolean
}

type JsonSchema = Readonly<Record<string, unknown>>

/** What a route need not say of itself: its name, who may call it, an example where it has none. */
export function describeOperation({
  schema,
  url,
  route,
}: {
  readonly schema: FastifySchema
  readonly url: string
  readonly route: RouteOptions
}): { schema: FastifySchema; url: string } {
  const own = schema as OperationSchema | undefined
  if (own === undefined || own.hide === true) return { schema: own as FastifySchema, url }
  const access = route.config?.access
  const method = Array.isArray(route.method) ? String(route.method[0]) : String(route.method)
  const operationId = own.operationId ?? operationIdOf(method, url)
  const body = (own.body as JsonSchema | undefined) ?? FORM_BODIES[operationId]
  const security = access === undefined ? undefined : REQUIREMENTS[access]
  return {
    url,
    schema: {
      ...(security !== undefined && { security }),
      ...own,
      operationId,
      ...(body !== undefined && { body: exemplify(body) }),
      ...(own.response !== undefined && {
        response: exemplifyReplies(
          own.response as Record<string, JsonSchema>,
          REPORT_EXAMPLES[operationId] ?? exampleOf,
        ),
      }),
    } as FastifySchema,
  }
}

type MakeExample = (schema: JsonSchema) => unknown

function exemplifyReplies(replies: Readonly<Record<string, JsonSchema>>, make: MakeExample) {
  return Object.fromEntries(
    Object.entries(replies).map(([status, reply]) => [
      status,
      status.startsWith('2') ? exemplifyReply(reply, make) : reply,
    ]),
  )
}

function exemplifyReply(reply: JsonSchema, make: MakeExample): JsonSchema {
  const { content } = reply as { content?: Record<string, { schema: JsonSchema }> }
  if (content === undefined) return exemplify(reply, make)
  const described = Object.entries(content).map(([type, { schema }]) => [
    type,
    { schema: exemplify(schema, make) },
  ])
  return { ...reply, content: Object.fromEntries(described) }
}

/** Parts that hold examples of their own keep them. */
function exemplify(schema: JsonSchema, make: MakeExample = exampleOf): JsonSchema {
  return schema['examples'] === undefined ? { ...schema, examples: [make(schema)] } : schema
}
