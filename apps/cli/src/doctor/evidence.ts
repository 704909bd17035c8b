import type { Channel } from '@bemore/protocol'
import { type HealthReport, readHealthReport } from './health-report.js'
import { exchange, type HttpReply } from './http-exchange.js'
import type { RestClient, StartedSession } from './rest-client.js'
import type { ProbeSocket } from './socket-probe.js'
import type { Target } from './target.js'

/** What the steps before have found; each step adds its own. */
export interface Evidence {
  readonly target: Target
  reply?: HttpReply
  health?: HealthReport
  rest?: RestClient
  session?: StartedSession
  readonly sockets: Map<Channel, ProbeSocket>
}

const MAX_HEALTH_BYTES = 1_048_576

export function fetchHealth(
  { baseUrl }: Target,
  limitMs: number,
  signal?: AbortSignal,
): Promise<HttpReply> {
  return exchange(`${baseUrl}/health`, {
    limitMs,
    maxBytes: MAX_HEALTH_BYTES,
    ...(signal !== undefined && { signal }),
  })
}

/** The health as it is now, or null where it is not to be had. */
export async function readHealthNow(target: Target, limitMs: number): Promise<HealthReport | null> {
  try {
    const { status, text } = await fetchHealth(target, limitMs)
    return readHealthReport(status, text)
  } catch {
    return null
  }
}
