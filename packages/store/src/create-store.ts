import type { StoreConfig } from '@bemore/ops'
import { createAccountStore } from './accounts/account-store.js'
import type { Database } from './database/database.js'
import { createErasureStore } from './erasure/erasure-store.js'
import { createEventLog } from './log/event-log.js'
import { createProcessRegistry } from './processes/process-registry.js'
import { createSessionStore } from './sessions/session-store.js'
import type { Store } from './store.js'

export function createStore(database: Database, config: Pick<StoreConfig, 'readLimit'>): Store {
  return {
    sessions: createSessionStore(database),
    log: createEventLog(database, config.readLimit),
    erasure: createErasureStore(database),
    accounts: createAccountStore(database),
    processes: createProcessRegistry(database),
    ping: () => database.ping(),
    get clockOffsetMs() {
      return database.clock.offsetMs
    },
    get clockEpochMs() {
      return database.clock.epochMs
    },
    close: (timeoutMs) => database.close(timeoutMs),
  }
}
