/** The realtime process: config → logger → lifecycle → store → bus → app → listen → ready. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  configOrExit,
  createHealth,
  createLifecycle,
  createLogger,
  readRealtimeConfig,
  runProcess,
  stopWithParent,
} from '@bemore/ops'
import {
  checkSchema,
  createBus,
  createDatabase,
  createEventQueue,
  createJournal,
  createStore,
} from '@bemore/store'
import { createRealtime } from './realtime.js'

const config = configOrExit(readRealtimeConfig)
const log = createLogger({ name: 'realtime', level: config.logLevel })
const lifecycle = createLifecycle({ log, timeoutMs: config.shutdownTimeoutMs })

await runProcess(log, lifecycle, async () => {
  stopWithParent(lifecycle)
  const processId = randomUUID()
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const database = createDatabase(config, log)
  const store = createStore(database, config)
  const bus = createBus({ config, database, events: store.log, log })
  const backlog = createJournal(config, log)
  await backlog.tend()
  const queue = createEventQueue({ config, events: store.log, producer: processId, log, backlog })
  const realtime = createRealtime({
    ...{ config, log, store, bus, queue, processId, version },
    health: createHealth(Date.now),
    checkSchema: () => checkSchema(database),
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
})
