/** The REST process: config → logger → lifecycle → store → bus → app → listen → ready. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { warmUpWords } from '@bemore/core'
import { createCompanion } from '@bemore/gemini'
import {
  configOrExit,
  createDrainStop,
  createHealth,
  createLifecycle,
  createLogger,
  createMetrics,
  createPressure,
  type ExitError,
  type ProcessIdentity,
  readApiConfig,
  registerProcessMetrics,
  runProcess,
  startHealthAlerts,
  startLoopWatch,
  startPressureClock,
  stopWhenWedged,
  stopWithParent,
} from '@bemore/ops'
import {
  checkSchema,
  createBus,
  createDatabase,
  createIncidentRecorder,
  createPresence,
  createStore,
  registerStoreMetrics,
} from '@bemore/store'
import { loadTextModel } from '@bemore/text-model'
import { buildApi } from './app.js'
import { startBackground } from './background/background.js'
import { createHealthChecks } from './background/health-checks.js'
import { listen } from './listen.js'

const STORE_CLOSE_MS = 2_000
/** What is still to be told when the process ends. */
const ALERTS_CLOSE_MS = 2_000

const config = configOrExit(readApiConfig)
const log = createLogger({ name: 'api', level: config.logLevel })
const lifecycle = createLifecycle({ log, timeoutMs: config.shutdownTimeoutMs })

await runProcess(log, lifecycle, async () => {
  stopWithParent(lifecycle)
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const identity: ProcessIdentity = {
    ...{ id: randomUUID(), kind: 'api', version, commit: config.commit },
  }
  const now = Date.now

  const health = createHealth(now)
  const pressure = createPressure(config, health)
  startPressureClock(pressure)
  startLoopWatch(log, log.bindings(), config.watchdogStuckMs)
  stopWhenWedged(health, lifecycle, log)
  const database = createDatabase(config, log)
  const store = createStore(database, config)
  const bus = createBus({ config, database, events: store.log, log })
  lifecycle.onStop('close', 'bus and store', async () => {
    await bus.close()
    await store.close(STORE_CLOSE_MS)
  })

  const incidents = createIncidentRecorder({
    ...{ identity, incidents: store.incidents, health, log },
    ...{ heartbeatMs: config.heartbeatMs, now },
  })
  lifecycle.onStop('flush', 'incidents', incidents.close)

  const source = { process: 'api', instance: identity.id, url: config.publicUrl, version }
  const alerts = startHealthAlerts({ config, log, health, source, now })
  lifecycle.onStop('close', 'alerts', () => alerts?.close(ALERTS_CLOSE_MS))
  const metrics = createMetrics()
  const { commit } = config
  registerProcessMetrics(metrics, { name: 'api', version, commit, health, alerts, pressure })
  registerStoreMetrics(metrics, { database, bus })

  const checks = createHealthChecks({
    ...{ config, database, store, bus, health },
    checkSchema: () => checkSchema(database),
    onFatal: endProcess,
  })
  const { sight } = checks
  const textModel = loadTextModel()
  warmUpWords(textModel)
  const app = await buildApi({
    ...{ config, log, database, store, bus, health, metrics, pressure, sight, identity, now },
    textModel,
    companion: createCompanion({ config, log, metrics, health }),
  })
  let closed: Promise<unknown> = Promise.resolve()
  lifecycle.onStop('refuse', 'listener', () => {
    health.markDraining()
    closed = app.close()
  })
  lifecycle.onStop('drain', 'requests and sockets', async () => {
    await closed
  })

  const port = await listen(app, config)
  log.info(
    { event: 'listening', host: config.host, port, processId: identity.id },
    `listening on port ${port}`,
  )
  const { processes } = store
  const { heartbeatMs } = config
  const onDrainRequested = createDrainStop(lifecycle)
  const presence = createPresence({
    ...{ identity, processes, health, log, heartbeatMs, onDrainRequested },
  })
  incidents.start()
  const background = startBackground({
    ...{ config, log, metrics, store, checks, presence, identity, now },
  })
  database.onChange(background.checkNow)
  lifecycle.onStop('flush', 'background work', background.stop)
})

/** Thrown where nobody catches it, it ends the process in order and with the code it carries. */
function endProcess(error: ExitError): void {
  queueMicrotask(() => {
    throw error
  })
}
