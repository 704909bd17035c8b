import type { Fault } from '../fault.js'
import { databaseFrozen } from './database-frozen.js'
import { databaseStopped } from './database-stopped.js'
import { apiKilled, realtimeKilled } from './process-killed.js'

/** In the order of the table. */
export const FAULTS: readonly Fault[] = [databaseStopped, databaseFrozen, realtimeKilled, apiKilled]
