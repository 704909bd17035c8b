/** The product as a deployment has it: processes, a database behind a network, and a supervisor. */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@bemore/embedded-postgres'
import { migrateDatabase } from '@bemore/store'
import { probe } from '../measure/http-probe.js'
import { type Balancer, createBalancer } from './balancer.js'
import { createDatabaseRoute, type DatabaseRoute } from './database-route.js'
import type { DatabaseServer } from './database-server.js'
import { type Exit, type RespawningProcess, startRespawning } from './respawning-process.js'
import { createSmallDisk, type SmallDisk } from './small-disk.js'

export interface Service extends RespawningProcess {
  readonly kind: 'api' | 'realtime'
  readonly port: number
  /** `http://host:port`, of this process and no other. */
  readonly url: string
  /** Where it keeps what the database does not take. */
  readonly journalDir: string
}

export interface Topology {
  /** How many of each; 1 unless told. Of more than one, a balancer shares out the connections. */
  readonly apis?: number
  readonly realtimes?: number
  /** On top of the harness's own environment. */
  readonly env?: Readonly<Record<string, string>>
  /** For Node, before the program. */
  readonly nodeFlags?: readonly string[]
  /** Bytes of the disk that each journal has for itself; the host's own unless told. */
  readonly journalBytes?: number
  /** A balancer stands before each service even where there is one process of it. */
  readonly balanced?: boolean
  /** Instead of this checkout: where an older build is. */
  readonly root?: string
}

export interface System {
  readonly server: DatabaseServer
  readonly route: DatabaseRoute
  /** The superuser's, past the proxies. */
  readonly databaseUrl: string
  readonly apis: readonly Service[]
  readonly realtimes: readonly Service[]
  /** Where clients reach REST and sockets. */
  readonly apiUrl: string
  readonly realtimeUrl: string
  readonly balancers: { readonly api: Balancer; readonly realtime: Balancer }
  /** A folder that vanishes with the system. */
  readonly folder: string
  /** One more process of a kind, beside the others; not yet routed to. */
  add(kind: Service['kind'], changes?: Topology): Promise<Service>
  /** Tells it to stop in order and counts it no longer among the others. @returns its end, if in time */
  retire(service: Service, withinMs: number): Promise<Exit | null>
  stop(): Promise<void>
}

export const HOST = '127.0.0.1'
/** This checkout. */
export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const READY_TIMEOUT_MS = 60_000

/** Starts it on an empty, migrated database and waits until every process is ready. */
export async function startSystem(
  server: DatabaseServer,
  name: string,
  topology: Topology,
): Promise<System> {
  const databaseUrl = await server.createDatabase(name)
  await migrateDatabase({ url: databaseUrl, log: { debug: () => {}, info: () => {} } })
  const route = await createDatabaseRoute(server.port)
  const folder = await mkdtemp(join(tmpdir(), 'bemore-chaos-run-'))
  const logs = join(ROOT, '.test-results', 'chaos', name)
  await rm(logs, { recursive: true, force: true })
  await mkdir(logs, { recursive: true })
  const { PATH = '' } = process.env
  // Production has no default for it; nobody else has to know this one.
  const authSecret = randomBytes(32).toString('hex')
  const balancers = { api: await createBalancer([]), realtime: await createBalancer([]) }
  const services: Service[] = []
  const disks: SmallDisk[] = []

  const add: System['add'] = async (kind, changes = {}) => {
    const port = await findFreePort()
    const serviceName = `${kind}-${services.length + 1}`
    const journalDir = join(folder, serviceName)
    await mkdir(journalDir)
    const { env, nodeFlags = [], root = ROOT, journalBytes } = { ...topology, ...changes }
    const program = process.execPath
    const args = [...nodeFlags, join(root, `apps/${kind}/dist/src/server.js`)]
    const disk = journalBytes === undefined ? null : await createSmallDisk(journalDir, journalBytes)
    if (disk !== null) disks.push(disk)
    const service = startRespawning({
      name: serviceName,
      ...(disk?.wrap(program, args) ?? { program, args }),
      env: {
        PATH,
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        HOST,
        DATABASE_URL: route.through(databaseUrl),
        AUTH_SECRET: authSecret,
        [kind === 'api' ? 'PORT' : 'REALTIME_PORT']: String(port),
        REALTIME_INTERNAL_URL: `http://${HOST}:${balancers.realtime.port}`,
        // The limit is for clients of one address each; all of ours have the same.
        RATE_LIMIT_PER_MINUTE: '1000000',
        JOURNAL_DIR: journalDir,
        ...env,
      },
      logFile: join(logs, `${serviceName}.log`),
    })
    const added: Service = Object.assign(service, {
      kind,
      port,
      url: `http://${HOST}:${port}`,
      journalDir,
    })
    services.push(added)
    return added
  }
  const retire: System['retire'] = async (service, withinMs) => {
    service.hold()
    const exiting = service.nextExit(withinMs)
    service.signal('SIGTERM')
    const exit = await exiting
    services.splice(services.indexOf(service), 1)
    await service.stop()
    return exit
  }
  const stop = async () => {
    forget()
    server.thaw()
    await Promise.all(services.map((service) => service.stop()))
    balancers.api.close()
    balancers.realtime.close()
    await route.close()
    for (const disk of disks) disk.remove()
    await rm(folder, { recursive: true, force: true })
    await server.dropDatabase(name)
  }
  const forget = server.beforeRemoval(stop)

  try {
    const { apis: apiCount = 1, realtimes: realtimeCount = 1 } = topology
    for (let i = 0; i < realtimeCount; i++) await add('realtime')
    for (let i = 0; i < apiCount; i++) await add('api')
    const of = (kind: Service['kind']) => services.filter((service) => service.kind === kind)
    balancers.realtime.route(of('realtime').map(({ port }) => port))
    balancers.api.route(of('api').map(({ port }) => port))
    await Promise.all(services.map(waitUntilReady))
    const addressOf = (kind: Service['kind'], count: number) =>
      count === 1 && topology.balanced !== true
        ? (of(kind)[0]?.url ?? '')
        : `http://${HOST}:${balancers[kind].port}`
    return {
      ...{ server, route, databaseUrl, balancers, folder, add, retire, stop },
      get apis() {
        return of('api')
      },
      get realtimes() {
        return of('realtime')
      },
      apiUrl: addressOf('api', apiCount),
      realtimeUrl: addressOf('realtime', realtimeCount),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @throws Error when it is not ready in time */
export async function waitUntilReady(service: Service): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS
  while (performance.now() < deadline) {
    if ((await probe(`${service.url}/readyz`)).status === 200) return
    await sleep(50)
  }
  throw new Error(`${service.name} was not ready within ${READY_TIMEOUT_MS / 1000} s`)
}
