import type { GeminiConfig, Health, Logger, Metrics } from '@bemore/ops'
import { createGateway, type GatewayState } from './gateway.js'
import { createGeminiHealth } from './gemini-health.js'
import { createGeminiMetrics } from './gemini-metrics.js'
import { createModelClient } from './model-client.js'
import { type EmotionOutcome, type EmotionRequest, refineEmotion } from './refine-emotion.js'
import {
  type ModelDeps,
  type ReplyOutcome,
  type ReplyRequest,
  streamReply,
} from './stream-reply.js'
import { type SummaryOutcome, type SummaryRequest, summarise } from './summarise.js'
import { type TranscriptOutcome, type TranscriptRequest, transcribe } from './transcribe.js'

export interface CompanionState extends GatewayState {
  /** Whether a key is configured. */
  readonly isEnabled: boolean
}

/**
 * Adds words to what the engine measures, and never replaces it. None of these reject: where Gemini
 * gives no answer, they say why by a code, and a reply is a prepared one.
 */
export interface GeminiCompanion {
  streamReply(request: ReplyRequest): Promise<ReplyOutcome>
  summarise(request: SummaryRequest): Promise<SummaryOutcome>
  refineEmotion(request: EmotionRequest): Promise<EmotionOutcome>
  transcribe(request: TranscriptRequest): Promise<TranscriptOutcome>
  state(): CompanionState
}

export interface CompanionDeps {
  readonly config: GeminiConfig
  readonly log: Logger
  readonly metrics?: Metrics
  /** Told of a refused key, an unknown model and a service that keeps failing. */
  readonly health?: Pick<Health, 'degrade' | 'recover'>
  /** Monotonic, ms. */
  readonly now?: () => number
}

export function createCompanion(deps: CompanionDeps): GeminiCompanion {
  const { config, log, now = () => performance.now() } = deps
  const metrics = createGeminiMetrics(deps.metrics, () => gateway.state())
  const health = createGeminiHealth(deps.health)
  const gateway = createGateway({ config, log, health, metrics, now })
  const client = createModelClient(config.geminiApiKey, config.geminiBaseUrl)
  const model: ModelDeps = { config, gateway, client, metrics }

  return {
    streamReply: (request) => streamReply(model, request),
    summarise: (request) => summarise(model, request),
    refineEmotion: (request) => refineEmotion(model, request),
    transcribe: (request) => transcribe(model, request),
    state: () => ({ isEnabled: config.geminiApiKey !== '', ...gateway.state() }),
  }
}
