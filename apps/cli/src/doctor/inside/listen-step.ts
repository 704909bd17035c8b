import { setTimeout as sleep } from 'node:timers/promises'
import { createBus, createStore, StoreError } from '@bemore/store'
import { Fault } from '../fault.js'
import { localized } from '../localized.js'
import type { Step } from '../step.js'
import type { HostEvidence } from './host-evidence.js'
import { silentLogger, storeConfigOf } from './store-access.js'

const ECHO_MS = 1_000
const HEARTBEAT_MS = 250

/** A pooler takes LISTEN and may even deliver once, by luck: so it is asked again and again. */
export const DATABASE_LISTEN_STEP: Step<HostEvidence> = {
  id: 'database-listen',
  title: localized('Database: LISTEN round trip', '데이터베이스: LISTEN 왕복'),
  weight: 1,
  extraMs: 2 * ECHO_MS + 1_000,
  needs: ['database-login'],
  async run(evidence, { stepMs }) {
    const { database } = evidence
    if (database === undefined) throw new Error('the database was not opened')
    const config = {
      ...storeConfigOf(evidence, stepMs),
      busHeartbeatMs: HEARTBEAT_MS,
      busEchoTimeoutMs: ECHO_MS,
    }
    const { log: events } = createStore(database, config)
    const bus = createBus({ config, database, events, log: silentLogger() })
    try {
      await bus.ready(stepMs)
      const { since } = bus
      // An echo that does not come back within its time ends `listening`.
      await sleep(ECHO_MS + 2 * HEARTBEAT_MS)
      if (bus.state === 'listening' && bus.since === since) {
        return { detail: localized('every notification came back', '모든 알림이 돌아옴') }
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    } finally {
      await bus.close()
    }
    const detail = localized(
      'notifications to ourselves do not come back: a pooler?',
      '자신에게 보낸 알림이 돌아오지 않음: 풀러일 수 있음',
    )
    throw new Fault('BUS_LOST', detail)
  },
}
