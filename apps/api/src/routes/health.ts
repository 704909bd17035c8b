import type { HealthStatus } from '@bemore/ops'
import Type, { type Static } from 'typebox'
import { SuccessSchema, succeed } from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const IsoTime = Type.String({ description: 'ISO 8601, UTC' })

const STATUSES: readonly HealthStatus[] = ['starting', 'ok', 'degraded', 'draining', 'wedged']

const StatusSchema = Type.Unsafe<HealthStatus>(
  Type.Union(STATUSES.map((status) => Type.Literal(status))),
)

const HealthSchema = Type.Object(
  {
    status: StatusSchema,
    causes: Type.Array(
      Type.Object({
        code: Type.String({ examples: ['DATABASE_UNREACHABLE'] }),
        since: IsoTime,
        detail: Type.String(),
      }),
    ),
    timestamp: IsoTime,
    uptime: Type.Number({ description: 'Seconds since the process started' }),
    version: Type.String(),
    commit: Type.String(),
    realtime: Type.Object({
      processes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'Realtime processes with a fresh heartbeat; null as long as it is not known',
      }),
    }),
    memory: Type.Object({
      rssBytes: Type.Integer({ minimum: 0 }),
      heapUsedBytes: Type.Integer({ minimum: 0 }),
    }),
  },
  { description: 'From memory: nothing is asked for it' },
)

/** 503 takes an instance out of routing, or restarts it: trouble elsewhere must not do that. */
const SERVING: ReadonlySet<HealthStatus> = new Set(['ok', 'degraded'])

const Probe = Type.Object({ status: StatusSchema }, { description: 'The status, in one word' })
const unlogged = { config: { rateLimit: false, quiet: true } } as const

/**
 * - `/livez`: the loop turns and the process is not beyond repair; asks for a restart otherwise.
 * - `/readyz`: booted and not draining; asks to be left out of routing otherwise.
 * - `/health`: the same once booted, with all that is wrong; for people and monitors.
 * All answer from memory: the checks run on a clock of their own.
 */
export function registerHealthRoutes(app: Routes, context: RouteContext): void {
  const { config, health, sight, version, now } = context

  const describe = (): Static<typeof HealthSchema> => {
    const { status, causes } = health.snapshot()
    const { rss, heapUsed } = process.memoryUsage()
    return {
      status,
      causes: causes.map(({ code, since, detail }) => ({
        code,
        since: new Date(since).toISOString(),
        detail,
      })),
      timestamp: new Date(now()).toISOString(),
      uptime: Math.round(process.uptime()),
      version,
      commit: config.commit,
      realtime: { processes: sight.realtimeProcesses },
      memory: { rssBytes: rss, heapUsedBytes: heapUsed },
    }
  }
  const statusOf = () => (SERVING.has(health.snapshot().status) ? 200 : 503)

  const schema = (summary: string, reply: Type.TSchema) => ({
    tags: [TAGS.health],
    summary,
    response: { 200: reply, 503: reply },
  })

  app.get(
    '/livez',
    { ...unlogged, schema: schema('Does the process live', Probe) },
    async (_request, reply) => {
      const { status } = health.snapshot()
      return reply.code(status === 'wedged' ? 503 : 200).send({ status })
    },
  )
  app.get(
    '/readyz',
    { ...unlogged, schema: schema('Should it get requests', Probe) },
    async (_request, reply) => {
      const { status } = health.snapshot()
      return reply.code(health.isReady() ? 200 : 503).send({ status })
    },
  )
  app.get(
    '/health',
    { ...unlogged, schema: schema('How it is, and what is wrong', HealthSchema) },
    async (_request, reply) => reply.code(statusOf()).send(describe()),
  )
  app.get(
    '/api/health',
    {
      ...unlogged,
      schema: schema('The same in the envelope of the API', SuccessSchema(HealthSchema, 'Health')),
    },
    async (_request, reply) => reply.code(statusOf()).send(succeed(describe())),
  )
}
