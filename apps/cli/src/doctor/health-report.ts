// `/health` of either process, of this version or an older one: what is absent is null or empty.
import { type CauseCode, isCauseCode } from '@bemore/ops'
import type { HealthStatus } from '@bemore/protocol'
import { compareCauses } from './cause-rank.js'

export interface ReportedCause {
  readonly code: CauseCode
  /** Unix ms; null where it was not said. */
  readonly since: number | null
  readonly detail: string
  /** Which process says so: `api`, `realtime`. */
  readonly source: string
  /** Whether it is the one that answered: what it says of others is as old as their heartbeats. */
  readonly isOwn: boolean
}

export interface ReportedProcess {
  readonly id: string
  readonly kind: string
  readonly status: string | null
  readonly heartbeatAgeMs: number | null
  readonly stale: boolean
}

export interface HealthReport {
  readonly httpStatus: number
  readonly source: 'api' | 'realtime'
  readonly status: HealthStatus
  readonly version: string | null
  readonly commit: string | null
  readonly uptimeSeconds: number | null
  /** The cause to mend first comes first; of all processes that are alive. */
  readonly causes: readonly ReportedCause[]
  /** null where the server does not tell. */
  readonly processes: readonly ReportedProcess[] | null
}

const STATUSES: ReadonlySet<string> = new Set<HealthStatus>([
  'starting',
  'ok',
  'degraded',
  'draining',
  'wedged',
])
/** Said by the status already, and no cause of anything. */
const PHASES: ReadonlySet<CauseCode> = new Set<CauseCode>(['STARTING', 'DRAINING'])

/**
 * Causes that a process cannot have any more when others read them of it: its heartbeat is a write to
 * the database. They are last words from before an outage ended, or of a process that died in it.
 */
const OUTDATED_BY_ARRIVAL: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_READ_ONLY',
  'DATABASE_FULL',
])

/** The report, or null where the text is no health of BeMore. */
export function readHealthReport(httpStatus: number, text: string): HealthReport | null {
  const body = asRecord(parse(text))
  const status = body?.['status']
  if (body === null || !isStatus(status) || !Array.isArray(body['causes'])) return null
  const source = readKind(body)
  const processes = readProcesses(body['processes'])
  // Its own heartbeat in that list is older than what it says here.
  const ownId = asRecord(body['process'])?.['id']
  const own = readCauses(body['causes'], source, true)
  const causes = [
    ...own,
    ...(processes ?? []).flatMap(({ raw, id, kind, stale }) =>
      stale || id === ownId
        ? []
        : readCauses(raw['causes'], kind, false).filter(
            ({ code }) => !OUTDATED_BY_ARRIVAL.has(code),
          ),
    ),
    // A cause knows better why: frozen is unreachable, too.
    ...(own.some(({ code }) => code.startsWith('DATABASE_'))
      ? []
      : readLayer(body['database'], 'unreachable', 'DATABASE_UNREACHABLE', source)),
    ...readLayer(body['bus'], 'lost', 'BUS_LOST', source),
  ]
  return {
    httpStatus,
    source,
    status,
    version: asText(body['version']),
    commit: asText(body['commit']),
    uptimeSeconds: asNumber(body['uptime']),
    causes: firstOfEach(causes),
    processes: processes?.map(({ raw: _, ...process }) => process) ?? null,
  }
}

function readKind(body: Readonly<Record<string, unknown>>): 'api' | 'realtime' {
  const kind = asRecord(body['process'])?.['kind']
  if (kind !== undefined) return kind === 'realtime' ? 'realtime' : 'api'
  return body['realtime'] === undefined && 'connections' in body ? 'realtime' : 'api'
}

/** This process's own word goes before another's on the same matter. */
function firstOfEach(causes: readonly ReportedCause[]): ReportedCause[] {
  const known = new Map<CauseCode, ReportedCause>()
  for (const cause of causes) {
    if (!known.has(cause.code) && !PHASES.has(cause.code)) known.set(cause.code, cause)
  }
  return [...known.values()].sort((left, right) => compareCauses(left.code, right.code))
}

function readCauses(value: unknown, source: string, isOwn: boolean): ReportedCause[] {
  if (!Array.isArray(value)) return []
  return value.map(asRecord).flatMap((entry) => {
    const code = asText(entry?.['code'])
    if (entry === null || code === null) return []
    const detail = asText(entry['detail']) ?? ''
    const since = asTime(entry['since'])
    if (isCauseCode(code)) return [{ code, since, detail, source, isOwn }]
    return [{ code: 'UNKNOWN', since, detail: `${code} ${detail}`.trim(), source, isOwn } as const]
  })
}

/** `{state, since}` of a layer, for the case that no cause speaks of it. */
function readLayer(
  value: unknown,
  trouble: string,
  code: CauseCode,
  source: string,
): ReportedCause[] {
  const layer = asRecord(value)
  if (layer?.['state'] !== trouble) return []
  return [{ code, since: asTime(layer['since']), detail: '', source, isOwn: true }]
}

function readProcesses(value: unknown) {
  if (!Array.isArray(value)) return null
  return value
    .map(asRecord)
    .filter((raw) => raw !== null)
    .map((raw) => ({
      raw,
      id: asText(raw['id']) ?? '',
      kind: asText(raw['kind']) ?? 'unknown',
      status: asText(raw['status']),
      heartbeatAgeMs: asNumber(raw['heartbeatAgeMs']),
      stale: raw['stale'] === true,
    }))
}

function isStatus(value: unknown): value is HealthStatus {
  return typeof value === 'string' && STATUSES.has(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Readonly<Record<string, unknown>>) : null
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The API says ISO 8601, realtime Unix ms. */
function asTime(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : asNumber(value)
  return time === null || Number.isNaN(time) ? null : time
}
