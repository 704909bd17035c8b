import type { ApiConfig, Logger, Metrics, ProcessIdentity } from '@bemore/ops'
import type { Presence, Store } from '@bemore/store'
import { createAccountSweep } from './account-sweep.js'
import type { HealthChecks } from './health-checks.js'
import { createRecordRetention } from './record-retention.js'
import { startRepeatingTask } from './repeating-task.js'
import { createRetention, registerRetentionMetrics } from './retention.js'
import { createSweeper } from './sweeper.js'

/** Recovery of the database must show in health well before a platform gives up on the process. */
const HEALTH_CHECK_MS = 2_000

/** A day more or less is what a retention of days means; each pass does a bounded share. */
const RETENTION_MS = 60_000

/** What the process does on clocks of its own, beside answering requests. */
export interface Background {
  /** Something changed: health should say so before its clock comes round. */
  checkNow(): void
  /** Lets the work under way finish and takes this process off the list of the living. */
  stop(): Promise<void>
}

export function startBackground(deps: {
  readonly config: ApiConfig
  readonly log: Logger
  readonly metrics: Metrics
  readonly store: Store
  readonly checks: HealthChecks
  readonly presence: Presence
  readonly identity: ProcessIdentity
  now(): number
}): Background {
  const { config, log, store, checks, presence, identity, now } = deps
  const sweeper = createSweeper({ ...config, store, log, producer: `sweeper:${identity.id}`, now })

  const producer = `retention:${identity.id}`
  const retention = createRetention({ config, store, log, producer, now })
  registerRetentionMetrics(deps.metrics, retention)

  presence.start()
  const health = startRepeatingTask({
    name: 'health',
    everyMs: HEALTH_CHECK_MS,
    log,
    run: checks.run,
  })
  const sweep = startRepeatingTask({
    name: 'sweep',
    everyMs: config.sweepMs,
    log,
    run: sweeper.run,
  })
  const expiry = startRepeatingTask({
    name: 'retention',
    everyMs: RETENTION_MS,
    log,
    run: retention.run,
  })
  const leftovers = startRepeatingTask({
    name: 'accounts',
    everyMs: RETENTION_MS,
    log,
    run: createAccountSweep({ store, config, now }).run,
  })
  const keeping = startRepeatingTask({
    name: 'records',
    everyMs: RETENTION_MS,
    log,
    run: createRecordRetention({ config, store, log, now }).run,
  })

  return {
    checkNow: health.runNow,
    async stop() {
      const tasks = [health, sweep, expiry, leftovers, keeping]
      await Promise.all(tasks.map((task) => task.stop()))
      await presence.leave()
    },
  }
}
