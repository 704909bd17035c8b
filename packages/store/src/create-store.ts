import type { StoreConfig } from '@bemore/ops'
import { createAccountStore } from './accounts/account-store.js'
import { createAuditStore } from './audit/audit-store.js'
import type { Database } from './database/database.js'
import { createErasureStore } from './erasure/erasure-store.js'
import { createHistoryStore } from './history/history-store.js'
import { createIncidentStore } from './incidents/incident-store.js'
import { createEventLog } from './log/event-log.js'
import { createPreferencesStore } from './preferences/preferences-store.js'
import { createProcessRegistry } from './processes/process-registry.js'
import { createSessionStore } from './sessions/session-store.js'
import type { Store } from './store.js'

export function createStore(database: Database, config: Pick<StoreConfig, 'readLimit'>): Store {
  return {
    sessions: createSessionStore(database),
    log: createEventLog(database, config.readLimit),
    erasure: createErasureStore(database),
    history: createHistoryStore(database),
    preferences: createPreferencesStore(database),
    accounts: createAccountStore(database),
    processes: createProcessRegistry(database),
    incidents: createIncidentStore(database),
    audit: createAuditStore(database),
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
