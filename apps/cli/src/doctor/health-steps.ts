// What lies behind the API is judged by its own word: it checks its dependencies all the time, and a
// stranger cannot. The health is read once, by the HTTP step.
import type { CauseCode } from '@bemore/ops'
import type { Evidence } from './evidence.js'
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
    if (status === 'wedged') throw toFault(causes[0], 'UNKNOWN')
    if (status === 'starting' && !causes.some(({ code }) => HAVE_A_STEP.has(code))) {
      throw toFault(causes[0], 'STARTING')
    }
    const up = uptimeSeconds === null ? '' : `, up ${uptimeSeconds} s`
    const upKo = uptimeSeconds === null ? '' : `, 가동 ${uptimeSeconds}초`
    const said = `${status}${names && `: ${names}`}, ${version ?? '?'}`
    return { detail: localized(said + up, said + upKo), isWarning: status !== 'ok' }
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
export const LISTEN_STEP = judgeLayer(
  'listen',
  localized('LISTEN round trip', 'LISTEN 왕복'),
  LISTEN,
  localized('notifications come back', '알림이 돌아옴'),
)

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
      const found = health?.causes.find(({ code }) => codes.has(code))
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
