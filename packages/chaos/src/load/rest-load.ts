/** People looking at reports, and a monitor at health, 20 times a second, one after the other. */
import { ERRORS, isErrorCode } from '@bemore/protocol'
import { jsonOf, type ProbeReply, probe } from '../measure/http-probe.js'

export interface RestTally {
  /** All requests that have their end. */
  readonly requests: number
  /** No reply at all, or a 5xx that is not a refusal. */
  readonly failed: number
  /** 503 with a code of the catalogue and `Retry-After`: the client knows what to do. */
  readonly refused: number
  /** Codes of the refusals. */
  readonly codes: ReadonlyMap<string, number>
  readonly slowestRefusalMs: number
  readonly slowestMs: number
  /** What the failures were: `CONNECTION_REFUSED`, `500`. */
  readonly failures: ReadonlyMap<string, number>
}

export interface RestLoad {
  /** Since the start, or the last `reset`. */
  readonly tally: RestTally
  reset(): void
  stop(): Promise<void>
}

const PER_SECOND = 20

export function startRestLoad(apiUrl: string, sessionIds: readonly string[]): RestLoad {
  const paths = (turn: number): string => {
    const id = sessionIds[turn % Math.max(1, sessionIds.length)]
    const kind = turn % 4
    if (kind === 0 || id === undefined) return '/api/health'
    return `/api/session/${id}${kind === 1 ? '/report?wait=0' : kind === 2 ? '/summary?wait=0' : ''}`
  }
  let counts = createCounts()
  let turn = 0
  const under = new Set<Promise<void>>()

  const ask = async (into: Counts) => {
    const path = paths(turn++)
    const reply = await probe(`${apiUrl}${path}`)
    count(into, path.replace(/sess_[\w-]+/, ':id').replace(/\?.*/, ''), reply)
  }
  const timer = setInterval(() => {
    const asked: Promise<void> = ask(counts).finally(() => under.delete(asked))
    under.add(asked)
  }, 1_000 / PER_SECOND)

  return {
    get tally() {
      return counts
    },
    reset() {
      counts = createCounts()
    },
    async stop() {
      clearInterval(timer)
      await Promise.all(under)
    },
  }
}

type Counts = {
  -readonly [Key in keyof RestTally]: RestTally[Key] extends ReadonlyMap<string, number>
    ? Map<string, number>
    : RestTally[Key]
}

const createCounts = (): Counts => ({
  requests: 0,
  failed: 0,
  refused: 0,
  codes: new Map(),
  slowestRefusalMs: 0,
  slowestMs: 0,
  failures: new Map(),
})

function count(into: Counts, route: string, reply: ProbeReply): void {
  into.requests += 1
  into.slowestMs = Math.max(into.slowestMs, reply.tookMs)
  // Health says 503 of itself when draining: that is its answer, not a failure to give one.
  if (reply.status > 0 && (reply.status < 500 || route === '/api/health')) return
  const code = refusalCode(reply)
  if (code === null) {
    into.failed += 1
    bump(into.failures, reply.failure ?? `${reply.status} without a known code`)
    return
  }
  into.refused += 1
  into.slowestRefusalMs = Math.max(into.slowestRefusalMs, reply.tookMs)
  bump(into.codes, code)
}

/** The code of a proper refusal: 503, a temporary error of the catalogue, `Retry-After`. */
function refusalCode(reply: ProbeReply): string | null {
  if (reply.status !== 503 || reply.headers['retry-after'] === undefined) return null
  const error = jsonOf(reply)?.['error'] as { readonly code?: unknown } | undefined
  const code = error?.code
  return typeof code === 'string' && isErrorCode(code) && ERRORS[code].temporary ? code : null
}

const bump = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
