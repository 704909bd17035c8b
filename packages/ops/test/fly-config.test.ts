import { parse } from 'smol-toml'
import t from 'tap'
import {
  readApiConfig,
  readRealtimeConfig,
  variablesReadBy,
  variablesToState,
} from '../src/index.js'
import { FLY_FIELDS, undocumentedFields } from './fixtures/documented-fields.js'
import { isProgramOfRepository, readRepositoryFile } from './fixtures/repository.js'

interface Service {
  readonly processes: readonly string[]
  readonly internal_port: number
  readonly auto_stop_machines: string
  readonly min_machines_running: number
  readonly concurrency: { readonly soft_limit: number; readonly hard_limit: number }
  readonly http_checks: readonly { readonly path: string }[]
}

interface FlyConfig {
  readonly kill_signal: string
  readonly kill_timeout: number
  readonly deploy: { readonly release_command: string; readonly strategy: string }
  readonly env: Readonly<Record<string, string>>
  readonly processes: Readonly<Record<'api' | 'realtime', string>>
  readonly services: readonly Service[]
  readonly restart: readonly { readonly policy: string; readonly processes: readonly string[] }[]
}

const text = readRepositoryFile('fly.toml')
const fly = parse(text) as unknown as FlyConfig
const KINDS = ['api', 'realtime'] as const
const SECRETS = {
  DATABASE_URL: 'postgres://user:secret@bemore-db.flycast/bemore',
  AUTH_SECRET: 'a secret that somebody made up once',
}

t.test('the file uses documented fields only', async (t) => {
  t.same(undocumentedFields(fly, FLY_FIELDS), [])
})

t.test('every variable the code needs is stated, and no other', async (t) => {
  // Secrets are set by `fly secrets set`; the file says which in a comment.
  const secrets = [...text.matchAll(/fly secrets set ([A-Z_]+)=/g)].map(([, name]) => name)
  const stated = [...Object.keys(fly.env), ...secrets]
  for (const kind of KINDS) {
    for (const variable of variablesToState(kind)) t.ok(stated.includes(variable), variable)
  }
  const read = new Set(KINDS.flatMap((kind) => [...variablesReadBy(kind)]))
  for (const variable of stated) t.ok(read.has(variable ?? ''), `${variable} is read`)
})

t.test('both processes accept what the file gives them', async (t) => {
  const env = { ...fly.env, ...SECRETS }
  t.match(readApiConfig(env), { environment: 'production', host: '::' })
  t.match(readRealtimeConfig(env), { environment: 'production', host: '::' })
})

t.test('a stop is a SIGTERM with time to drain', async (t) => {
  t.equal(fly.kill_signal, 'SIGTERM')
  const { shutdownTimeoutMs } = readApiConfig({ ...fly.env, ...SECRETS })
  t.ok(fly.kill_timeout * 1_000 > shutdownTimeoutMs)
})

t.test('failing checks restart nothing on Fly, so whoever exits is started again', async (t) => {
  const restarted = fly.restart
    .filter(({ policy }) => policy === 'always')
    .flatMap(({ processes }) => processes)
  t.same([...restarted].sort(), [...KINDS])
})

for (const kind of KINDS) {
  t.test(`${kind}: a group of its own, with its service and its check`, async (t) => {
    const [runner, program = ''] = fly.processes[kind].split(' ')
    t.equal(runner, 'node')
    t.ok(isProgramOfRepository(program), program)
    const services = fly.services.filter(({ processes }) => processes.includes(kind))
    t.equal(services.length, 1)
    const [service] = services
    t.equal(String(service?.internal_port), fly.env[kind === 'api' ? 'PORT' : 'REALTIME_PORT'])
    t.same(
      service?.http_checks.map(({ path }) => path),
      ['/health'],
    )
    t.equal(service?.auto_stop_machines, 'off', 'a sleeping machine drops its sockets')
    t.ok((service?.min_machines_running ?? 0) >= 1)
    t.ok((service?.concurrency.soft_limit ?? 0) > 20, 'the default refuses the 21st socket')
  })
}

t.test('the schema is migrated before machines are replaced, one after the other', async (t) => {
  const [, program = '', command] = fly.deploy.release_command.split(' ')
  t.equal(command, 'migrate')
  t.ok(isProgramOfRepository(program), program)
  t.equal(fly.deploy.strategy, 'rolling')
})
