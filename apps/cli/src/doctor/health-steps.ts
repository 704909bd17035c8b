// What lies behind the API is judged by its own word: it checks its dependencies all the time, and a
// stranger cannot. The health is read once, by the HTTP step.
import { setTimeout as sleep } from 'node:timers/promises'
import type { CauseCode } from '@bemore/ops'
import { type Evidence, readHealthNow } from './evidence.js'
import { Fault } from './fault.js'
import { type HealthReport, type ReportedCause, readHealthReport } from './health-report.js'
import { type Localized, localized, verbatim } from './localized.js'
import type { Step } from './step.js'

const DATABASE: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_BUSY',
  'DATABASE_READ_ONLY',
  'DATABASE_FULL',
])
const MIGRATIONS: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'MIGRATION_PENDING',
  'SCHEMA_BEYOND',
])
const LISTEN: ReadonlySet<CauseCode> = new Set<CauseCode>(['BUS_LOST', 'BUS_BEYOND_REPAIR'])
const HAVE_A_STEP: ReadonlySet<CauseCode> = new Set([...DATABASE, ...MIGRATIONS, ...LISTEN])

export const HEALTH_STEP: Step<Evidence> = {
  id: 'health',
  title: localized('Health', '상태 확인'),
  weight: 1,
  async run(evidence) {
    const health = readReply(evidence)
    evidence.health = health
    const { status, causes, httpStatus, version, uptimeSeconds } = health
    const names = causes.map(({ code }) => code).join(', ')
    if (status === 'draining') throw new Fault('DRAINING', verbatim(`HTTP ${httpStatus}`))
    if (status === 'wedged')
      throw toFault(
        causes.find(({ isOwn }) => isOwn),
        'UNKNOWN',
      )
    const own = causes.filter(({ isOwn }) => isOwn)
    if (status === 'starting' && !own.some(({ code }) => HAVE_A_STEP.has(code))) {
      throw toFault(own[0], 'STARTING')
    }
    const up = uptimeSeconds === null ? '' : `, up ${uptimeSeconds} s`
    const upKo = uptimeSeconds === null ? '' : `, 가동 ${uptimeSeconds}초`
    const said = `${status}${names && `: ${names}`}, ${version ?? '?'}`
    return {
      detail: localized(said + up, said + upKo),
      isWarning: status !== 'ok' || causes.length > 0,
    }
  },
}

export const DATABASE_STEP = judgeLayer(
  'database',
  localized('Database', '데이터베이스'),
  DATABASE,
  localized('reachable and answering', '연결되고 응답함'),
)
export const MIGRATIONS_STEP = judgeLayer(
  'migrations',
  localized('Migrations', '마이그레이션'),
  MIGRATIONS,
  localized('the schema fits the code', '스키마가 코드와 일치'),
)

/** A second look every so often, for so long. */
const LOOK_AGAIN_MS = 500
const SETTLE_MS = 5_000

/**
 * The connection that listens notices first when the database goes, and is rebuilt in a moment when
 * only it was cut: so a loss is looked at until it turns out to be the one or the other, or stays.
 */
export const LISTEN_STEP: Step<Evidence> = {
  id: 'listen',
  title: localized('LISTEN round trip', 'LISTEN 왕복'),
  weight: 1,
  extraMs: SETTLE_MS + 2 * LOOK_AGAIN_MS,
  async run(evidence, { stepMs }) {
    const endAt = performance.now() + SETTLE_MS
    for (let looks = 1; ; looks++) {
      const own = evidence.health?.causes.filter(({ isOwn }) => isOwn) ?? []
      const lost = own.find(({ code }) => LISTEN.has(code))
      if (lost === undefined) {
        const detail = localized('notifications come back', '알림이 돌아옴')
        return { detail, isWarning: looks > 1 }
      }
      const reason = own.find(({ code }) => DATABASE.has(code))
      if (reason !== undefined) throw toFault(reason, reason.code)
      if (performance.now() >= endAt) throw toFault(lost, lost.code)
      await sleep(LOOK_AGAIN_MS)
      const health = await readHealthNow(evidence.target, stepMs)
      if (health !== null) evidence.health = health
    }
  },
}

function judgeLayer(
  id: string,
  title: Localized,
  codes: ReadonlySet<CauseCode>,
  well: Localized,
): Step<Evidence> {
  return {
    id,
    title,
    weight: 1,
    async run({ health }) {
      const found = health?.causes.find(({ code, isOwn }) => isOwn && codes.has(code))
      if (found !== undefined) throw toFault(found, found.code)
      return { detail: well }
    },
  }
}

function readReply({ reply }: Evidence): HealthReport {
  const health = reply === undefined ? null : readHealthReport(reply.status, reply.text)
  if (health !== null) return health
  const { status = 0, contentType = '', headers } = reply ?? {}
  if (status >= 300 && status < 400) {
    const to = headers?.location ?? '?'
    const detail = localized(
      `HTTP ${status}, a redirect to ${to}: is that the address?`,
      `HTTP ${status}, ${to}(으)로 이동: 그 주소가 맞는지 확인`,
    )
    throw new Fault('NOT_BEMORE', detail)
  }
  const what = `HTTP ${status} ${contentType}`.trim()
  const detail = localized(
    `${what}: no health of BeMore in it`,
    `${what}: BeMore의 상태 정보가 아님`,
  )
  throw new Fault('NOT_BEMORE', detail)
}

function toFault(cause: ReportedCause | undefined, otherwise: CauseCode): Fault {
  if (cause === undefined) return new Fault(otherwise, verbatim(''))
  return new Fault(cause.code, describeCause(cause))
}

/** A cause as its process tells it. */
export function describeCause({ source, detail }: ReportedCause): Localized {
  return verbatim(detail === '' ? source : `${source}: ${detail}`)
}
