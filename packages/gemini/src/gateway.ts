/**
 * The one way to Gemini: a deadline over everything, so many requests at once, a bounded queue, retries
 * of what fails in passing, and a breaker.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { GeminiConfig, Logger } from '@bemore/ops'
import { type BreakerState, createBreaker } from './breaker.js'
import { classifyFailure } from './classify-failure.js'
import { startDeadline } from './deadline.js'
import { type FailureReason, GeminiFailure } from './failure.js'
import type { GeminiHealth } from './gemini-health.js'
import type { GeminiMetrics, RequestKind } from './gemini-metrics.js'
import { retryDelay } from './retry-delay.js'
import { createSlots } from './slots.js'

export interface GatewayRequest {
  readonly kind: RequestKind
  readonly model: string
  /** Aborted where the answer is not wanted any more. */
  readonly signal?: AbortSignal | undefined
}

export interface GatewayState {
  readonly breaker: BreakerState
  /** Of the last request that was no success, until one is. */
  readonly lastFailure: FailureReason | null
  readonly active: number
  readonly waiting: number
}

export interface Gateway {
  /** @throws GeminiFailure and nothing else. */
  run<Answer>(
    request: GatewayRequest,
    attempt: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer>
  state(): GatewayState
}

export interface GatewayDeps {
  readonly config: GeminiConfig
  readonly log: Logger
  readonly health: GeminiHealth
  readonly metrics: GeminiMetrics
  /** Monotonic, ms. */
  now(): number
}

/** Answers too, though not the wanted ones: the service works. */
const ANSWERS: readonly FailureReason[] = ['blocked', 'refused', 'no-words', 'model-not-found']
const OF_CALLER: readonly FailureReason[] = ['cancelled', 'busy']

export function createGateway({ config, log, health, metrics, now }: GatewayDeps): Gateway {
  const slots = createSlots(config.geminiConcurrency, config.geminiQueueLimit)
  const breaker = createBreaker({
    ...{ failures: config.geminiBreakerFailures, openMs: config.geminiBreakerOpenMs, now },
  })
  let lastFailure: FailureReason | null = null

  const settle = (reason: FailureReason | null): void => {
    if (reason === null || ANSWERS.includes(reason)) breaker.succeed()
    else if (OF_CALLER.includes(reason)) breaker.abandon()
    else if (reason === 'auth') breaker.trip()
    else breaker.fail()
  }

  const tell = (
    { kind, model }: GatewayRequest,
    reason: FailureReason | null,
    before: BreakerState,
    begunAt: number,
  ): void => {
    const durationMs = Math.round(now() - begunAt)
    metrics.count(kind, reason ?? 'answered', durationMs / 1_000)
    health.report(model, reason ?? 'answered', breaker.state)
    lastFailure = reason
    if (reason !== null && !OF_CALLER.includes(reason)) {
      log.info({ event: 'gemini.failed', kind, reason, durationMs }, 'no answer of Gemini')
    }
    if (breaker.state === before) return
    const line = { event: 'gemini.breaker', state: breaker.state, ...(reason && { reason }) }
    if (breaker.state === 'open') log.warn(line, 'Gemini is left alone for a while')
    else log.info(line, 'Gemini is asked again')
  }

  const enter = async (signal: AbortSignal): Promise<() => void> => {
    try {
      return await slots.acquire(signal)
    } catch (error) {
      const { reason } = classifyFailure(error, signal)
      // That its turn did not come is our own crowd, and says nothing of Gemini.
      throw new GeminiFailure(reason === 'timeout' ? 'busy' : reason)
    }
  }

  const attemptUntil = async <Answer>(
    endsAt: number,
    signal: AbortSignal,
    attempt: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(signal)
      } catch (error) {
        const failure = classifyFailure(error, signal)
        const delay = retryDelay(failure, attempts, Math.random())
        if (delay === null || attempts > config.geminiRetries || now() + delay >= endsAt) {
          throw failure
        }
        await sleep(delay, undefined, { signal })
      }
    }
  }

  return {
    async run(request, attempt) {
      const begunAt = now()
      const before = breaker.state
      // A deployment without a key is a choice, and no fault.
      const refusal = config.geminiApiKey === '' ? 'off' : breaker.admit() ? null : 'breaker-open'
      if (refusal !== null) {
        metrics.count(request.kind, refusal, 0)
        throw new GeminiFailure(refusal)
      }
      const deadline = startDeadline(config.geminiTimeoutMs, request.signal)
      const { signal } = deadline
      let outcome: FailureReason | null = null
      try {
        const leave = await enter(signal)
        try {
          return await attemptUntil(begunAt + config.geminiTimeoutMs, signal, attempt)
        } finally {
          leave()
        }
      } catch (error) {
        const failure = classifyFailure(error, signal)
        outcome = failure.reason
        throw failure
      } finally {
        deadline.end()
        settle(outcome)
        tell(request, outcome, before, begunAt)
      }
    },
    state() {
      const { active, waiting } = slots
      return { breaker: breaker.state, lastFailure, active, waiting }
    },
  }
}
