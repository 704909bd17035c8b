import { describeHealth, isAlive, isServing } from '@bemore/ops'
import { type HealthDocument, HealthDocumentSchema, HealthStatusSchema } from '@bemore/protocol'
import Type from 'typebox'
import { SuccessSchema, succeed } from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const Probe = Type.Object(
  { status: HealthStatusSchema },
  { description: 'The status, in one word', examples: [{ status: 'ok' as const }] },
)
const unlogged = { config: { access: 'open', rateLimit: false, quiet: true } } as const

/**
 * - `/livez`: the loop turns and the process is not beyond repair; asks for a restart otherwise.
 * - `/readyz`: booted and not draining; asks to be left out of routing otherwise.
 * - `/health`: the same once booted, with all that is wrong; for people and monitors.
 * All answer from memory: the checks run on a clock of their own.
 */
export function registerHealthRoutes(app: Routes, context: RouteContext): void {
  const { identity, health, pressure, database, bus, sight, now } = context

  const describe = (): HealthDocument =>
    describeHealth({
      ...{ identity, pressure, bus, health: health.snapshot(), database: database.state },
      nowMs: now(),
      own: {
        realtime: { processes: sight.realtimeProcesses },
        processes: [...sight.summaries()],
      },
    })
  const statusOf = () => (isServing(health.snapshot().status) ? 200 : 503)

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
      return reply.code(isAlive(status) ? 200 : 503).send({ status })
    },
  )
  app.get(
    '/readyz',
    { ...unlogged, schema: schema('Should it get requests', Probe) },
    async (_request, reply) => {
      const { status } = health.snapshot()
      return reply.code(isServing(status) ? 200 : 503).send({ status })
    },
  )
  app.get(
    '/health',
    { ...unlogged, schema: schema('How it is, and what is wrong', HealthDocumentSchema) },
    async (_request, reply) => reply.code(statusOf()).send(describe()),
  )
  for (const path of ['/api/health', '/api/monitoring/health']) {
    app.get(
      path,
      {
        ...unlogged,
        schema: schema(
          'The same in the envelope of the API',
          SuccessSchema(HealthDocumentSchema, 'Health'),
        ),
      },
      async (_request, reply) => reply.code(statusOf()).send(succeed(describe())),
    )
  }
}
