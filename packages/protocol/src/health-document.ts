/**
 * What `/health` answers, of every kind of process: one shape, so that one reader (a platform's probe,
 * `bemore doctor`, a person) understands all of them. Codes of causes are texts here: a reader may be
 * older than the process it reads.
 */
import Type, { type Static } from 'typebox'

const IsoTime = Type.String({ description: 'ISO 8601, UTC' })
const Count = Type.Integer({ minimum: 0 })

export const HEALTH_STATUSES = ['starting', 'ok', 'degraded', 'draining', 'wedged'] as const
export const HealthStatusSchema = Type.Enum([...HEALTH_STATUSES])
export type HealthStatus = Static<typeof HealthStatusSchema>

export const PROCESS_KINDS = ['api', 'realtime'] as const
export type ProcessKind = (typeof PROCESS_KINDS)[number]

const Code = Type.String({ examples: ['DATABASE_UNREACHABLE'] })
const State = (examples: string[]) =>
  Type.Object({ state: Type.String({ examples }), since: IsoTime })

/** Another process, as its last heartbeat in the database told of it. */
export const ProcessSummarySchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...PROCESS_KINDS]),
  status: Type.Union([HealthStatusSchema, Type.Literal('unknown')], {
    description: 'At its last heartbeat; unknown: written by code that did not tell',
  }),
  causes: Type.Array(Type.Object({ code: Code, since: IsoTime })),
  version: Type.String(),
  commit: Type.String(),
  startedAt: IsoTime,
  heartbeatAgeMs: Type.Integer({ minimum: 0 }),
  stale: Type.Boolean({ description: 'It has missed its heartbeats: dead, or cut off' }),
  connections: Type.Optional(Count),
  sessions: Type.Optional(Count),
})
export type ProcessSummary = Static<typeof ProcessSummarySchema>

export const HealthDocumentSchema = Type.Object(
  {
    status: HealthStatusSchema,
    causes: Type.Array(Type.Object({ code: Code, since: IsoTime, detail: Type.String() })),
    timestamp: IsoTime,
    uptime: Type.Integer({ minimum: 0, description: 'Seconds since the process started' }),
    version: Type.String(),
    commit: Type.String(),
    process: Type.Object({ id: Type.String(), kind: Type.Enum([...PROCESS_KINDS]) }),
    memory: Type.Object({
      rssBytes: Count,
      heapUsedBytes: Count,
      limitBytes: Type.Integer({ minimum: 0, description: 'The ceiling this process keeps to' }),
    }),
    loop: Type.Object({
      delayMs: Type.Number({
        minimum: 0,
        description: 'Mean lateness of the event loop, last second',
      }),
    }),
    database: State(['unknown', 'reachable', 'unreachable']),
    bus: State(['connecting', 'listening', 'lost', 'closed']),
    queue: Type.Optional(
      Type.Object(
        { events: Count, oldestAgeMs: Count },
        { description: 'Realtime: events not yet in the log' },
      ),
    ),
    connections: Type.Optional(Type.Integer({ minimum: 0, description: 'Realtime: open sockets' })),
    sessions: Type.Optional(Type.Integer({ minimum: 0, description: 'Realtime: sessions served' })),
    realtime: Type.Optional(
      Type.Object(
        {
          processes: Type.Union([Count, Type.Null()], {
            description: 'With a fresh heartbeat; null as long as it is not known',
          }),
        },
        { description: 'API: what it knows of realtime' },
      ),
    ),
    processes: Type.Optional(
      Type.Array(ProcessSummarySchema, { description: 'API: every process, itself among them' }),
    ),
  },
  {
    description: 'From memory: nothing is asked for it',
    examples: [
      {
        ...{ status: 'ok', causes: [], timestamp: '2026-01-05T09:30:00.000Z', uptime: 3_600 },
        ...{ version: '0.1.0', commit: 'a1b2c3d' },
        process: { id: '0b7c9f0e-6f0a-4a55-8f0c-2f7b2f3f9a11', kind: 'api' },
        memory: { rssBytes: 131_072_000, heapUsedBytes: 41_943_040, limitBytes: 536_870_912 },
        loop: { delayMs: 1.2 },
        database: { state: 'reachable', since: '2026-01-05T08:30:01.000Z' },
        bus: { state: 'listening', since: '2026-01-05T08:30:01.000Z' },
        realtime: { processes: 1 },
      },
    ],
  },
)
export type HealthDocument = Static<typeof HealthDocumentSchema>
