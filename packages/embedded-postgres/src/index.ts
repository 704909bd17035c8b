export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type StopOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.js'
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './embedded-postgres-error.js'
export { databaseUrl, ensureDatabase } from './ensure-database.js'
export { findFreePort } from './free-port.js'
export { removeEmbeddedPostgres } from './remove-embedded-postgres.js'
export type { ServerExit } from './server-process.js'
export type { StopMode, StopOutcome } from './shutdown-ladder.js'
