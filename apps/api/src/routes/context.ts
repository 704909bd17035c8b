import type { TextEmotionModel } from '@bemore/core'
import type { ApiConfig, Health, Logger, Metrics, Pressure, ProcessIdentity } from '@bemore/ops'
import type { Bus, Database, Store } from '@bemore/store'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../accounts/create-accounts.js'
import type { ProcessSight } from '../background/process-sight.js'
import type { FeedbackTaker } from '../feedback/session-feedback.js'
import type { AuditTrail } from '../operator/audit-trail.js'
import type { ErrorStatistics } from '../operator/error-statistics.js'
import type { Reports } from '../reports/create-reports.js'
import type { SpeechTaker } from '../speech/session-speech.js'
import type { WordsCompanion } from '../speech/words-companion.js'

/** The parts of the composition root. */
export interface ApiDeps {
  readonly config: ApiConfig
  readonly log: Logger
  readonly database: Pick<Database, 'state'>
  readonly store: Store
  readonly bus: Bus
  readonly health: Health
  readonly metrics: Metrics
  readonly pressure: Pressure
  readonly textModel: TextEmotionModel
  readonly companion: WordsCompanion
  readonly sight: ProcessSight
  /** Its id names this process in the log of events; unique among all there ever were. */
  readonly identity: ProcessIdentity
  /** Unix ms. */
  now(): number
}

/** What the routes are made of: those parts, and what is built upon them. */
export interface RouteContext extends ApiDeps, Accounts, Reports {
  readonly speech: SpeechTaker
  readonly feedback: FeedbackTaker
  readonly statistics: ErrorStatistics
  /** Who did what: written here, read by operators. */
  readonly trail: AuditTrail
  /** Name of this process in the log of events. */
  readonly producer: string
}

/** A Fastify instance whose handlers take their types from their schemas. */
export type Routes = FastifyInstance<
  import('fastify').RawServerDefault,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  TypeBoxTypeProvider
>
