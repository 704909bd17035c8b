import type { ProcessKind } from '@bemore/protocol'
import t from 'tap'
import { parse } from 'yaml'
import {
  readApiConfig,
  readRealtimeConfig,
  variablesReadBy,
  variablesToState,
} from '../src/index.js'
import { RENDER_FIELDS, undocumentedFields } from './fixtures/documented-fields.js'
import { isProgramOfRepository, readRepositoryFile } from './fixtures/repository.js'

interface Variable {
  readonly key: string
  readonly value?: string
  readonly fromDatabase?: { readonly name: string; readonly property: string }
  readonly fromService?: { readonly name: string; readonly property: string }
}

interface Service {
  readonly name: string
  readonly type: string
  readonly plan: string
  readonly dockerCommand: string
  readonly preDeployCommand?: string
  readonly healthCheckPath: string
  readonly maxShutdownDelaySeconds: number
  readonly envVars: readonly Variable[]
}

const blueprint: { databases: { name: string }[]; services: Service[] } = parse(
  readRepositoryFile('render.yaml'),
)
const serviceOf = (kind: ProcessKind): Service => {
  const found = blueprint.services.find(({ name }) => name === `bemore-${kind}`)
  if (found === undefined) throw new Error(`render.yaml has no bemore-${kind}`)
  return found
}
const KINDS = ['api', 'realtime'] as const

/** What Render puts there, and what its dashboard asks for: of the form, not the value. */
const FILLED_IN: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://user:secret@dpg-abc-a/bemore',
  REALTIME_INTERNAL_URL: 'bemore-realtime:8001',
  REALTIME_PUBLIC_URL: 'wss://bemore-realtime.onrender.com',
  CORS_ORIGINS: 'https://be-more-frontend.vercel.app',
  AUTH_SECRET: 'a value that Render generated once',
}

t.test('the blueprint uses documented fields only', async (t) => {
  t.same(undocumentedFields(blueprint, RENDER_FIELDS), [])
})

t.test('a field nobody documents is found', async (t) => {
  const wrong = { services: [{ type: 'web', healthcheckPath: '/health' }, { type: 'webb' }] }
  t.same(undocumentedFields(wrong, RENDER_FIELDS), [
    'services.healthcheckPath: not documented',
    'services.type: webb',
  ])
})

for (const kind of KINDS) {
  t.test(`${kind}: every variable the code needs is stated, and no other`, async (t) => {
    const stated = serviceOf(kind).envVars.map(({ key }) => key)
    for (const variable of variablesToState(kind)) t.ok(stated.includes(variable), variable)
    // Render routes to PORT, whatever the process itself calls its port.
    const read = new Set([...variablesReadBy(kind), 'PORT'])
    for (const variable of stated) t.ok(read.has(variable), `${variable} is read`)
  })

  t.test(`${kind}: the process accepts what the blueprint gives it`, async (t) => {
    const env = Object.fromEntries(
      serviceOf(kind).envVars.map(({ key, value }) => [key, value ?? FILLED_IN[key]]),
    )
    const read = kind === 'api' ? readApiConfig : readRealtimeConfig
    t.match(read(env), { environment: 'production', databaseUrl: FILLED_IN['DATABASE_URL'] })
    const listening = kind === 'api' ? env['PORT'] : env['REALTIME_PORT']
    t.equal(listening, env['PORT'], 'Render routes to the port the process listens on')
  })

  t.test(`${kind}: it is started by node itself, polled, and given time to drain`, async (t) => {
    const service = serviceOf(kind)
    t.equal(service.type, 'web', 'browsers reach it')
    t.not(service.plan, 'free', 'a free instance sleeps after 15 idle minutes')
    t.equal(service.healthCheckPath, '/health')
    const [runner, program = '', ...more] = service.dockerCommand.split(' ')
    t.equal(runner, 'node', 'a package manager would keep the signals to itself')
    t.same(more, [])
    t.ok(isProgramOfRepository(program), program)
    const { shutdownTimeoutMs } = readApiConfig({ DATABASE_URL: FILLED_IN['DATABASE_URL'] })
    t.ok(service.maxShutdownDelaySeconds * 1_000 > shutdownTimeoutMs)
    t.ok(service.maxShutdownDelaySeconds <= 300, 'the most Render allows')
  })
}

t.test('references name what the blueprint makes, and the database directly', async (t) => {
  const databases = blueprint.databases.map(({ name }) => name)
  const services = blueprint.services.map(({ name }) => name)
  for (const { key, fromDatabase, fromService } of blueprint.services.flatMap(
    ({ envVars }) => envVars,
  )) {
    if (fromDatabase !== undefined) {
      t.ok(databases.includes(fromDatabase.name), key)
      t.equal(fromDatabase.property, 'connectionString', 'LISTEN does not pass through a pooler')
    }
    if (fromService !== undefined) t.ok(services.includes(fromService.name), key)
  }
})

t.test('the schema is migrated once, before the new code starts', async (t) => {
  const migrating = blueprint.services.filter(({ preDeployCommand }) => preDeployCommand)
  t.equal(migrating.length, 1)
  const [, program = '', command] = migrating[0]?.preDeployCommand?.split(' ') ?? []
  t.equal(command, 'migrate')
  t.ok(isProgramOfRepository(program), program)
})
