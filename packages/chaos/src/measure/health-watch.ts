/**
 * Looks at `/health` of every process as a monitor does, only more often, and remembers when each
 * cause was first seen. A process that does not answer is a cause too.
 */
import { type CauseCode, isCauseCode } from '@bemore/ops'
import { jsonOf, type ProbeReply, probe } from './http-probe.js'

export interface Sighting {
  readonly code: CauseCode
  /** Name of the process whose health said so, or that said nothing. */
  readonly at: string
  /** `performance.now()`. */
  readonly seenMs: number
}

export interface HealthWatch {
  /** The first sighting of any of these since then. */
  find(codes: readonly CauseCode[], sinceMs: number): Sighting | null
  /** Every cause seen since then, each once, in the order of appearance. */
  seenSince(sinceMs: number): CauseCode[]
  /** Asks everybody now: is every process there, and without a cause? */
  isWell(): Promise<boolean>
  /** What keeps `isWell` from being true: `api-2: DATABASE_TIMEOUT`. */
  readonly complaints: readonly string[]
  stop(): void
}

export interface Watched {
  readonly name: string
  readonly url: string
}

const EVERY_MS = 250
const TIMEOUT_MS = 2_000
/** Sightings kept; a run of one fault has far fewer. */
const MOST_SIGHTINGS = 20_000

/** @param listProcesses asked at each turn: processes come and go */
export function startHealthWatch(listProcesses: () => readonly Watched[]): HealthWatch {
  const sightings: Sighting[] = []
  let complaints: string[] = []

  const look = async ({ name, url }: Watched): Promise<string[]> => {
    const reply = await probe(`${url}/health`, { timeoutMs: TIMEOUT_MS })
    const seenMs = performance.now()
    const codes = causesOf(reply)
    for (const code of codes) {
      if (sightings.length < MOST_SIGHTINGS) sightings.push({ code, at: name, seenMs })
    }
    return codes.map((code) => `${name}: ${code}`)
  }
  const lookAround = async () => {
    complaints = (await Promise.all(listProcesses().map(look))).flat()
    return complaints.length === 0
  }
  const timer = setInterval(() => void lookAround(), EVERY_MS)

  return {
    find: (codes, sinceMs) =>
      sightings.find(({ code, seenMs }) => seenMs >= sinceMs && codes.includes(code)) ?? null,
    seenSince: (sinceMs) => [
      ...new Set(sightings.filter(({ seenMs }) => seenMs >= sinceMs).map(({ code }) => code)),
    ],
    isWell: lookAround,
    get complaints() {
      return complaints
    },
    stop: () => clearInterval(timer),
  }
}

/** A 503 without a cause is a process that starts or stops. */
function causesOf(reply: ProbeReply): CauseCode[] {
  if (reply.failure !== null) return [reply.failure]
  const health = jsonOf(reply)
  const causes = (health?.['causes'] ?? []) as readonly { readonly code: string }[]
  const codes = causes.map(({ code }) => code).filter(isCauseCode)
  const status = health?.['status']
  if (status === 'draining') return ['DRAINING', ...codes]
  if (status === 'starting') return ['STARTING', ...codes]
  return codes
}
