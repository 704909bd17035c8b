import { describeDuration } from '@bemore/ops'

/** What the operator's API answers, as far as it is shown; of an older server parts may be missing. */
export interface AdminAnswers {
  readonly processes: {
    readonly processes: readonly {
      readonly id: string
      readonly kind: string
      readonly status: string
      readonly version: string
      readonly heartbeatAgeMs: number
      readonly stale: boolean
      readonly connections?: number
      readonly causes: readonly { readonly code: string }[]
      readonly drainRequestedAt: string | null
    }[]
  }
  readonly sessions: {
    readonly sessions: readonly {
      readonly session: string
      readonly ownerId: string | null
      readonly status: string
      readonly startedAt: string
      readonly durationMs: number
      readonly openChannels: readonly { readonly channel: string; readonly processId: string }[]
    }[]
    readonly nextCursor: string | null
  }
  readonly incidents: {
    readonly incidents: readonly {
      readonly kind: string
      readonly processId: string
      readonly code: string
      readonly detail: string
      readonly beganAt: string
      readonly endedBy: string | null
      readonly durationMs: number | null
    }[]
    readonly nextCursor: string | null
  }
  readonly errors: {
    readonly processId: string
    readonly since: string
    readonly requests: number
    readonly hours: readonly {
      readonly startedAt: string
      readonly failures: readonly {
        readonly code: string
        readonly method: string
        readonly route: string
        readonly count: number
      }[]
    }[]
  }
  readonly audit: {
    readonly records: readonly {
      readonly at: string
      readonly actor: string
      readonly action: string
      readonly subject: string | null
      readonly outcome: string
    }[]
    readonly nextCursor: string | null
  }
}
export type Topic = keyof AdminAnswers

/** Enough of a process id to tell processes apart; `drain` wants the whole, which comes first. */
const SHORT_ID = 8

export const TABLES: {
  readonly [Name in Topic]: (answer: AdminAnswers[Name]) => readonly (readonly string[])[]
} = {
  processes: ({ processes }) => [
    ['process', 'kind', 'status', 'version', 'heartbeat', 'sockets', 'what is wrong'],
    ...processes.map((each) => [
      each.id,
      each.kind,
      each.stale ? 'dead' : each.drainRequestedAt === null ? each.status : 'to stop',
      each.version,
      `${describeDuration(each.heartbeatAgeMs, 'en')} ago`,
      each.connections === undefined ? '-' : String(each.connections),
      each.causes.map(({ code }) => code).join(' '),
    ]),
  ],
  sessions: ({ sessions }) => [
    ['session', 'owner', 'status', 'started', 'for', 'channels'],
    ...sessions.map((each) => [
      each.session,
      each.ownerId ?? 'nobody',
      each.status,
      each.startedAt,
      describeDuration(each.durationMs, 'en'),
      each.openChannels
        .map(({ channel, processId }) => `${channel}@${processId.slice(0, SHORT_ID)}`)
        .join(' '),
    ]),
  ],
  incidents: ({ incidents }) => [
    ['began', 'for', 'ended by', 'process', 'cause', 'detail'],
    ...incidents.map((each) => [
      each.beganAt,
      each.durationMs === null ? 'unknown' : describeDuration(each.durationMs, 'en'),
      each.endedBy ?? 'LASTS',
      `${each.kind} ${each.processId.slice(0, SHORT_ID)}`,
      each.code,
      each.detail,
    ]),
  ],
  errors: ({ hours }) => [
    ['hour', 'failures', 'code', 'route'],
    ...hours.flatMap(({ startedAt, failures }) =>
      failures.map(({ code, method, route, count }) => [
        startedAt,
        String(count),
        code,
        `${method} ${route}`,
      ]),
    ),
  ],
  audit: ({ records }) => [
    ['at', 'who', 'did', 'to', 'outcome'],
    ...records.map((each) => [each.at, each.actor, each.action, each.subject ?? '-', each.outcome]),
  ],
}

/** Columns as wide as what is in them. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const [header = []] = rows
  const widths = header.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
