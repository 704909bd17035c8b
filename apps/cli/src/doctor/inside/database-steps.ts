import { ExitError } from '@bemore/ops'
import { checkSchema, createDatabase, StoreError } from '@bemore/store'
import { Fault } from '../fault.js'
import { localized, verbatim } from '../localized.js'
import { openTcp, resolveHost } from '../path-probes.js'
import type { Step } from '../step.js'
import { readDatabaseFacts } from './database-facts.js'
import type { HostEvidence } from './host-evidence.js'
import { silentLogger, storeConfigOf } from './store-access.js'

const POSTGRES_PORT = 5_432
const LEAST_VERSION = 15
const MAX_CLOCK_OFFSET_MS = 2_000

export const DATABASE_DNS_STEP: Step<HostEvidence> = {
  id: 'database-dns',
  title: localized('Database: DNS', '데이터베이스: DNS'),
  weight: 1,
  needs: ['configuration'],
  run: (evidence, { stepMs }) =>
    asDatabaseTrouble(async () => ({
      detail: await resolveHost(addressOf(evidence).host, stepMs),
    })),
}

export const DATABASE_TCP_STEP: Step<HostEvidence> = {
  id: 'database-tcp',
  title: localized('Database: TCP', '데이터베이스: TCP'),
  weight: 1,
  needs: ['configuration', 'database-dns'],
  run: (evidence, { stepMs }) =>
    asDatabaseTrouble(async () => {
      const { host, port } = addressOf(evidence)
      return { detail: await openTcp(host, port, stepMs) }
    }),
}

export const DATABASE_LOGIN_STEP: Step<HostEvidence> = {
  id: 'database-login',
  title: localized('Database: login', '데이터베이스: 로그인'),
  weight: 2,
  needs: ['configuration', 'database-tcp'],
  async run(evidence, { stepMs }) {
    const config = storeConfigOf(evidence, stepMs)
    const database = createDatabase(config, silentLogger())
    evidence.database = database
    const startedAt = performance.now()
    try {
      evidence.facts = await readDatabaseFacts(database)
    } catch (error) {
      const isLate = performance.now() - startedAt >= config.connectTimeoutMs
      // TCP stood a moment ago: a login that gets no answer is a server that is stuck, not away.
      throw toStoreFault(error, isLate)
    }
    const { version, isEncrypted } = evidence.facts
    const tls = isEncrypted ? 'TLS' : 'no TLS'
    const tlsKo = isEncrypted ? 'TLS' : 'TLS 없음'
    return { detail: localized(`PostgreSQL ${version}, ${tls}`, `PostgreSQL ${version}, ${tlsKo}`) }
  },
}

export const DATABASE_FIT_STEP: Step<HostEvidence> = {
  id: 'database-fit',
  title: localized('Database: version, writable', '데이터베이스: 버전, 쓰기'),
  weight: 1,
  needs: ['database-login'],
  async run({ facts }) {
    if (facts === undefined) throw new Error('the database was not asked')
    if (facts.versionNumber < LEAST_VERSION * 10_000) {
      const detail = localized(
        `PostgreSQL ${facts.version}; ${LEAST_VERSION} or newer is needed`,
        `PostgreSQL ${facts.version}; ${LEAST_VERSION} 이상 필요`,
      )
      throw new Fault('CONFIG_INVALID', detail)
    }
    if (facts.isStandby) {
      throw new Fault('DATABASE_READ_ONLY', localized('it is a standby', '대기 서버임'))
    }
    if (facts.isReadOnly) {
      throw new Fault('DATABASE_READ_ONLY', verbatim('default_transaction_read_only = on'))
    }
    return { detail: localized('takes writes', '쓰기 가능') }
  },
}

export const DATABASE_CLOCK_STEP: Step<HostEvidence> = {
  id: 'database-clock',
  title: localized('Database: clock', '데이터베이스: 시계'),
  weight: 1,
  needs: ['database-login'],
  async run({ facts }) {
    const offset = Math.round(facts?.clockOffsetMs ?? 0)
    const detail = localized(`${offset} ms from ours`, `이 호스트와 ${offset} ms 차이`)
    if (Math.abs(offset) > MAX_CLOCK_OFFSET_MS) throw new Fault('CLOCK_SKEWED', detail)
    return { detail }
  },
}

export const DATABASE_SCHEMA_STEP: Step<HostEvidence> = {
  id: 'database-migrations',
  title: localized('Database: migrations', '데이터베이스: 마이그레이션'),
  weight: 2,
  needs: ['database-login'],
  async run({ database }) {
    if (database === undefined) throw new Error('the database was not opened')
    try {
      const state = await checkSchema(database)
      if (state === 'pending') {
        throw new Fault(
          'MIGRATION_PENDING',
          localized('some are missing', '적용되지 않은 항목 있음'),
        )
      }
      const isNewer = state === 'newer'
      const words = isNewer
        ? localized('newer than this code, and it allows that', '코드보다 새롭지만 호환됨')
        : localized('up to date', '최신 상태')
      return { detail: words, isWarning: isNewer }
    } catch (error) {
      if (error instanceof ExitError) throw new Fault('SCHEMA_BEYOND', verbatim(error.message))
      throw toStoreFault(error, false)
    }
  },
}

function addressOf({ api }: HostEvidence): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(api?.databaseUrl ?? '')
  return {
    host: hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: Number(port) || POSTGRES_PORT,
  }
}

function toStoreFault(error: unknown, isLate: boolean): Fault {
  if (!(error instanceof StoreError)) throw error
  const code = isLate ? 'DATABASE_TIMEOUT' : error.code
  return new Fault(code, verbatim(error.detail))
}

/** On the way to the database every trouble of the path is trouble with the database. */
async function asDatabaseTrouble<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault('DATABASE_UNREACHABLE', error.detail)
  }
}
