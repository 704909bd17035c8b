import { ProcessSummarySchema } from '@bemore/protocol'
import Type from 'typebox'
import { createProcessLookout } from '../background/process-sight.js'
import { ApiError } from '../http/api-error.js'
import { DATABASE_FAILURES, failures, SuccessSchema, succeed } from '../http/envelope.js'
import { IsoTime, iso, isoOrNull } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'
import { ADMIN_ONLY, ProcessIdSchema } from '../operator/admin-schemas.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const ProcessesSchema = Type.Object({
  answeredBy: ProcessIdSchema,
  processes: Type.Array(
    Type.Intersect([
      ProcessSummarySchema,
      Type.Object({
        drainRequestedAt: OrNull(IsoTime, 'When it was asked to stop'),
      }),
    ]),
    { description: 'The freshest heartbeat first; the dead are listed for an hour' },
  ),
})

const DrainSchema = Type.Object({
  processId: ProcessIdSchema,
  drainRequestedAt: IsoTime,
})

/** What a process may be called; anything else names none. */
const PROCESS_ID = /^[\w-]{1,64}$/

export function registerAdminProcessRoutes(
  app: Routes,
  { store, config, identity, log, trail }: RouteContext,
): void {
  app.get(
    '/processes',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'List the processes, and what is wrong with each',
        description: `As their last heartbeats have it; while the database is away, \`processes\` of /health says what was last known. ${ADMIN_ONLY}`,
        response: {
          200: SuccessSchema(ProcessesSchema, 'The processes'),
          ...failures('ADMIN_CLOSED', ...DATABASE_FAILURES),
        },
      },
    },
    async () => {
      const running = await store.processes.list()
      const lookout = createProcessLookout(config.staleMs)
      lookout.see(running)
      const wishes = new Map(running.map(({ id, drainRequestedAt }) => [id, drainRequestedAt]))
      const processes = lookout.summaries().map((summary) => ({
        ...summary,
        drainRequestedAt: isoOrNull(wishes.get(summary.id) ?? null),
      }))
      return succeed({ answeredBy: identity.id, processes })
    },
  )

  app.post(
    '/processes/:processId/drain',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'Have a process stop in order',
        description: `It reads the wish with its next heartbeat (PROCESS_HEARTBEAT_MS) and does what it does at SIGTERM: tells its clients to reconnect, writes what it holds, and exits with 0. Whoever supervises it starts another. No body is needed. Repeating it is no error. ${ADMIN_ONLY}`,
        params: Type.Object({ processId: ProcessIdSchema }),
        response: {
          202: SuccessSchema(DrainSchema, 'It will stop; watch it leave the list of processes'),
          ...failures('ADMIN_CLOSED', 'PROCESS_NOT_FOUND', ...DATABASE_FAILURES),
        },
      },
    },
    async (request, reply) => {
      const { processId } = request.params
      const at = PROCESS_ID.test(processId)
        ? await store.processes.requestDrain(processId, config.staleMs)
        : null
      await trail.record({
        ...{ actor: 'admin', action: 'process.drain', requestId: request.id },
        subject: PROCESS_ID.test(processId) ? processId : null,
        outcome: at === null ? 'refused' : 'ok',
      })
      if (at === null) throw new ApiError('PROCESS_NOT_FOUND')
      log.warn({ event: 'admin.drain', processId }, 'a process was asked to stop')
      return reply.code(202).send(succeed({ processId, drainRequestedAt: iso(at) }))
    },
  )
}
