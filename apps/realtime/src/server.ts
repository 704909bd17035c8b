/** The realtime process: config → logger → lifecycle → store → bus → app → listen → ready. */
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
  type ProcessIdentity,
  readRealtimeConfig,
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
  createEventQueue,
  createIncidentRecorder,
  createJournal,
  createStore,
  registerQueueMetrics,
  registerStoreMetrics,
  timeAppends,
} from '@bemore/store'
import { loadTextModel } from '@bemore/text-model'
import { createSteadyClock } from './clock.js'
import { createRealtime } from './realtime.js'

/** What is still to be told when the process ends. */
const ALERTS_CLOSE_MS = 2_000

const config = configOrExit(readRealtimeConfig)
const log = createLogger({ name: 'realtime', level: config.logLevel })
const lifecycle = createLifecycle({ log, timeoutMs: config.shutdownTimeoutMs })

await runProcess(log, lifecycle, async () => {
  stopWithParent(lifecycle)
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const identity: ProcessIdentity = {
    ...{ id: randomUUID(), kind: 'realtime', version, commit: config.commit },
  }
  const processId = identity.id
  const health = createHealth(Date.now)
  const pressure = createPressure(config, health)
  startPressureClock(pressure)
  startLoopWatch(log, log.bindings(), config.watchdogStuckMs)
  stopWhenWedged(health, lifecycle, log)
  const database = createDatabase(config, log)
  const store = createStore(database, config)
  // One clock for all ages: the host's may be set in between.
  const clock = createSteadyClock()
  const now = clock.wallMs
  const bus = createBus({ config, database, events: store.log, log, now })
  const metrics = createMetrics()
  const events = timeAppends(metrics, store.log)
  const backlog = createJournal(config, log)
  await backlog.tend()
  const queue = createEventQueue({ config, events, producer: processId, log, backlog, now })
  const incidents = createIncidentRecorder({
    ...{ identity, incidents: store.incidents, health, log },
    ...{ heartbeatMs: config.heartbeatMs, now: Date.now },
  })
  lifecycle.onStop('flush', 'incidents', incidents.close)
  const source = { process: 'realtime', instance: processId, url: config.publicUrl, version }
  const alerts = startHealthAlerts({ config, log, health, source, now: Date.now })
  lifecycle.onStop('close', 'alerts', () => alerts?.close(ALERTS_CLOSE_MS))
  const { commit } = config
  registerProcessMetrics(metrics, { name: 'realtime', version, commit, health, alerts, pressure })
  registerStoreMetrics(metrics, { database, bus })
  registerQueueMetrics(metrics, queue)

  const textModel = loadTextModel()
  warmUpWords(textModel)
  const realtime = createRealtime({
    ...{ config, log, database, store, bus, queue, health, metrics, pressure, identity, clock },
    textModel,
    companion: createCompanion({ config, log, metrics, health }),
    checkSchema: () => checkSchema(database),
    onDrainRequested: createDrainStop(lifecycle),
  })
  realtime.stopWith(lifecycle)
  lifecycle.onStop('close', 'bus and store', async () => {
    await bus.close()
    await store.close(config.shutdownTimeoutMs / 10)
  })
  const port = await realtime.listen()
  const { host, transport } = config
  log.info({ event: 'listening', host, port, transport, processId }, `listening on port ${port}`)
  realtime.start()
  incidents.start()
})
