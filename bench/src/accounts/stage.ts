import type { Percentiles } from '../measure/percentiles.js'
import { readCpuMs } from '../measure/process-usage.js'
import { liveThroughSession } from '../measure/session-history.js'
import type { Plan } from '../plan.js'
import type { Subject } from '../servers/subject.js'
import {
  type AccountCase,
  type AccountScene,
  CONNECTIONS,
  historyCases,
  setAccountScene,
} from './cases.js'
import { putHttpLoad } from './http-load.js'
import type { HttpOrder, Shot } from './http-orders.js'
import { addPast, strangers } from './past.js'

export interface AccountFigures {
  readonly requestsPerSecond: number
  /** Processor time of the API's process a request, µs: what a busy machine changes least. */
  readonly cpuMicros: number
  readonly latency: Percentiles
  readonly replies: number
}

export interface AccountResult {
  readonly of: AccountCase
  /** One for each round. */
  readonly rounds: readonly AccountFigures[]
}

export interface SharedFigures {
  readonly loginsPerSecond: number
  /** Of a kept report, asked for evenly. */
  readonly report: Percentiles
}

export interface AccountResults {
  readonly cases: readonly AccountResult[]
  /** Reports by themselves, and the same while as many sign in as can. */
  readonly alone: readonly SharedFigures[]
  readonly beside: readonly SharedFigures[]
}

type Log = (line: string) => void

/** With the usual person's among them, a hundred thousand sessions. */
const OTHERS = 500
const SESSIONS_OF_OTHERS = 196
const HEAVY_SESSIONS = 2_000
const WARM_UP_SHARE = 0.3
const REPORTS_PER_SECOND = 200

export async function runAccountStage(
  bemore: Subject,
  plan: Plan,
  log: Log,
): Promise<AccountResults> {
  const history = liveThroughSession(plan.reportWindows, Date.now())
  const scene = await setAccountScene(bemore, history)
  const small = await measureCases(bemore, scene.cases, plan, log)
  const shared = await measureBesideLogins(bemore, scene, plan, log)
  await fillDatabase(bemore, scene, log)
  const large = await measureCases(bemore, casesOfLarge(scene), plan, log)
  return { cases: [...small, ...large], ...shared }
}

const AMONG_MANY = ', among 100,000 sessions'

function casesOfLarge({ usual, heavy }: AccountScene): AccountCase[] {
  const cases = historyCases(usual, AMONG_MANY, '')
  const years = historyCases(heavy, `${AMONG_MANY}, 2,000 of them own`, AMONG_MANY)
  return cases.flatMap((each, n) => [each, years[n]!])
}

async function fillDatabase(
  { databaseUrl }: Subject,
  { heavy, ownSession: like }: AccountScene,
  log: Log,
): Promise<void> {
  const everyHours = 4
  await addPast(databaseUrl, {
    ...{ ownerIds: [heavy.userId], sessionsEach: HEAVY_SESSIONS, everyHours, like },
  })
  await addPast(databaseUrl, {
    ...{ ownerIds: strangers(OTHERS), sessionsEach: SESSIONS_OF_OTHERS, everyHours, like },
  })
  log(`accounts: ${HEAVY_SESSIONS + OTHERS * SESSIONS_OF_OTHERS} sessions more in the database`)
}

/** All in turn, so that a slow minute of the machine hits each; a shorter round before is thrown away. */
async function measureCases(
  bemore: Subject,
  cases: readonly AccountCase[],
  { accountRounds, accountMs }: Plan,
  log: Log,
): Promise<AccountResult[]> {
  const results = cases.map((of) => ({ of, rounds: [] as AccountFigures[] }))
  for (const { of } of results) await measureCase(bemore, of, accountMs * WARM_UP_SHARE)
  for (let round = 1; round <= accountRounds; round++) {
    for (const { of, rounds } of results) {
      const figures = await measureCase(bemore, of, accountMs)
      rounds.push(figures)
      const { requestsPerSecond, cpuMicros, latency, replies } = figures
      log(
        `accounts ${round}/${accountRounds}: ${of.name}: ${requestsPerSecond.toFixed(0)}/s, ` +
          `${cpuMicros.toFixed(0)} CPU-µs, p50 ${latency.p50.toFixed(1)} p97.5 ${latency.p97.toFixed(1)} ` +
          `p99 ${latency.p99.toFixed(1)} ms, ${replies} × ${of.status}, nothing else`,
      )
    }
  }
  return results
}

async function measureCase(
  { httpPort: port, httpPid }: Subject,
  { name, status, shots, chain }: AccountCase,
  durationMs: number,
): Promise<AccountFigures> {
  const ready = typeof shots === 'function' ? await shots() : shots
  const before = await readCpuMs(httpPid)
  const load = { connections: CONNECTIONS }
  const order = { port, durationMs, shots: ready, chain: chain ?? null, load }
  const { requestsPerSecond, latency, replies } = await putLoad(name, status, order)
  const cpuMs = (await readCpuMs(httpPid)) - before
  return { requestsPerSecond, latency, cpuMicros: (cpuMs * 1_000) / replies, replies }
}

/** @throws Error where one reply is another than expected */
async function putLoad(name: string, status: number, order: HttpOrder) {
  const report = await putHttpLoad(order)
  const { [status]: expected = 0, ...others } = report.replies
  const wrong = Object.values(others).reduce((sum, count) => sum + count, 0)
  if (expected === 0 || wrong > 0) {
    throw new Error(`${name}: ${status} expected, got ${JSON.stringify(report.replies)}`)
  }
  return { ...report, replies: expected }
}

async function measureBesideLogins(
  { httpPort: port }: Subject,
  { report, logins }: AccountScene,
  { accountRounds, accountMs: durationMs }: Plan,
  log: Log,
): Promise<Pick<AccountResults, 'alone' | 'beside'>> {
  const alone: SharedFigures[] = []
  const beside: SharedFigures[] = []
  const order = { port, durationMs, chain: null }
  const knock = () => {
    const load = { perSecond: REPORTS_PER_SECOND }
    return putLoad('a report, evenly', 200, { ...order, shots: [report], load })
  }
  const signIn = (shots: readonly Shot[]) =>
    putLoad('logins beside it', 200, { ...order, shots, load: { connections: CONNECTIONS } })
  for (let round = 1; round <= accountRounds; round++) {
    alone.push({ loginsPerSecond: 0, report: (await knock()).latency })
    const [reports, { requestsPerSecond: loginsPerSecond }] = await Promise.all([
      knock(),
      signIn(logins),
    ])
    beside.push({ loginsPerSecond, report: reports.latency })
    for (const {
      loginsPerSecond: rate,
      report: { p50, p97, p99 },
    } of [alone.at(-1)!, beside.at(-1)!]) {
      log(
        `accounts ${round}/${accountRounds}: reports beside ${rate.toFixed(0)} logins/s: ` +
          `p50 ${p50.toFixed(2)} p97.5 ${p97.toFixed(2)} p99 ${p99.toFixed(2)} ms`,
      )
    }
  }
  return { alone, beside }
}
