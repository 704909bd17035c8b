import { HEALTH_STATUSES, type HealthStatus } from '@bemore/protocol'
import type { HealthSnapshot } from './health.js'
import type { ProcessIdentity } from './health-view.js'

/** What a process tells the others with each heartbeat, as JSON in its row of the database. */
export interface ProcessReport {
  readonly version: string
  readonly commit: string
  /** Of a reader's making only: the row was written by code that did not tell. */
  readonly status: HealthStatus | 'unknown'
  /** `since` in ISO 8601. */
  readonly causes: readonly { readonly code: string; readonly since: string }[]
  readonly connections?: number
  readonly sessions?: number
}

/** Every API process reads all reports every two seconds: they stay small, whoever wrote them. */
const MAX_CAUSES = 20
const MAX_TEXT = 64

export function reportProcess(
  { version, commit }: ProcessIdentity,
  { status, causes }: HealthSnapshot,
  counts: Pick<ProcessReport, 'connections' | 'sessions'> = {},
): ProcessReport {
  const told = causes
    .slice(0, MAX_CAUSES)
    .map(({ code, since }) => ({ code, since: new Date(since).toISOString() }))
  return { version, commit, status, causes: told, ...counts }
}

/** Reads what a process of any version has written: what is missing or strange is unknown. */
export function readProcessReport(stored: object): ProcessReport {
  const { version, commit, status, causes, ...rest } = stored as Record<string, unknown>
  const listed: readonly unknown[] = Array.isArray(causes) ? causes.slice(0, MAX_CAUSES) : []
  return {
    version: readText(version),
    commit: readText(commit),
    status: HEALTH_STATUSES.find((each) => each === status) ?? 'unknown',
    causes: listed.map((each) => {
      const { code, since } = (each ?? {}) as Record<string, unknown>
      return { code: readText(code), since: readText(since) }
    }),
    ...(isCount(rest['connections']) && { connections: rest['connections'] }),
    ...(isCount(rest['sessions']) && { sessions: rest['sessions'] }),
  }
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : 'unknown'
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
