import type { Fault } from '../fault.js'
import { environmentMalformed, environmentMissing, portTaken } from './boot-refused.js'
import { createClockJump } from './clock-jump.js'
import { createConnectionStorm } from './connection-storm.js'
import { databaseFrozen } from './database-frozen.js'
import { databaseFull, databaseReadOnly } from './database-refuses-writes.js'
import { databaseRestarted, databaseStopped } from './database-stopped.js'
import { createHostileFrames } from './hostile-frames.js'
import { journalFull } from './journal-full.js'
import { listenHalfOpen, listenTerminated } from './listen-lost.js'
import { apiStopped, realtimeStopped } from './orderly-stop.js'
import { apiKilled, realtimeKilled } from './process-killed.js'
import { createRollingDeploy } from './rolling-deploy.js'
import { migrationPending, schemaBeyond } from './schema-mismatch.js'
import { createSlowConsumer } from './slow-consumer.js'
import { splitSockets } from './split-sockets.js'

/**
 * In the order of the table. Some keep what they injected until it is healed: a list is for one run.
 * @param oldRoot see `createRollingDeploy`
 */
export function listFaults(oldRoot: string | null): readonly Fault[] {
  return [
    databaseStopped,
    databaseRestarted,
    databaseFrozen,
    databaseReadOnly,
    databaseFull,
    journalFull,
    listenHalfOpen,
    listenTerminated,
    realtimeKilled,
    apiKilled,
    realtimeStopped,
    apiStopped,
    splitSockets,
    createSlowConsumer(),
    createHostileFrames(),
    createClockJump(),
    createConnectionStorm(),
    environmentMissing,
    environmentMalformed,
    portTaken,
    migrationPending,
    schemaBeyond,
    createRollingDeploy(oldRoot),
  ]
}
