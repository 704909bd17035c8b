import type { Passwords } from '@bemore/accounts'
import type { TextEmotionModel } from '@bemore/core'
import type { ApiConfig, Health, Logger, Pressure, ProcessIdentity } from '@bemore/ops'
import type { Bus, Database, Store } from '@bemore/store'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { CallerReader } from '../accounts/caller.js'
import type { DeleteAccount } from '../accounts/deletion.js'
import type { SignIns } from '../accounts/sign-ins.js'
import type { ProcessSight } from '../background/process-sight.js'
import type { ReportReader } from '../reports/report-reader.js'
import type { SessionEnding } from '../sessions/session-ending.js'
import type { SpeechTaker } from '../speech/session-speech.js'
import type { WordsCompanion } from '../speech/words-companion.js'

/** What the routes are made of; the composition root's parts and those built upon them. */
export interface RouteContext {
  readonly config: ApiConfig
  readonly identity: ProcessIdentity
  readonly log: Logger
  readonly database: Pick<Database, 'state'>
  readonly store: Store
  readonly bus: Bus
  readonly health: Health
  readonly pressure: Pressure
  readonly reports: ReportReader
  readonly ending: SessionEnding
  readonly speech: SpeechTaker
  readonly textModel: TextEmotionModel
  readonly companion: WordsCompanion
  readonly sight: ProcessSight
  readonly callers: CallerReader
  readonly signIns: SignIns
  readonly deleteAccount: DeleteAccount
  readonly passwords: Passwords
  /** Name of this process in the log of events. */
  readonly producer: string
  /** Unix ms. */
  now(): number
}

/** A Fastify instance whose handlers take their types from their schemas. */
export type Routes = FastifyInstance<
  import('fastify').RawServerDefault,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  TypeBoxTypeProvider
>
