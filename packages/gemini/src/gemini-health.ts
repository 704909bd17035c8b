import type { Health } from '@bemore/ops'
import type { BreakerState } from './breaker.js'
import type { FailureReason } from './failure.js'

export interface GeminiHealth {
  /** What became of a request, and how the breaker stands after it. */
  report(model: string, outcome: FailureReason | 'answered', breaker: BreakerState): void
}

/** Raises and clears the causes of Gemini. It degrades a process and never makes it unready. */
export function createGeminiHealth(
  health: Pick<Health, 'degrade' | 'recover'> | undefined,
): GeminiHealth {
  /** At most two are configured. */
  const unknownModels = new Set<string>()

  return {
    report(model, outcome, breaker) {
      if (health === undefined) return
      if (outcome === 'model-not-found') unknownModels.add(model)
      if (outcome === 'answered') {
        unknownModels.delete(model)
        health.recover('GEMINI_KEY_REJECTED')
      }
      if (unknownModels.size === 0) health.recover('GEMINI_MODEL_UNKNOWN')
      else health.degrade('GEMINI_MODEL_UNKNOWN', [...unknownModels].join(', '))
      if (outcome === 'auth') health.degrade('GEMINI_KEY_REJECTED', 'GEMINI_API_KEY is refused')
      else if (breaker === 'open' && !isOfCaller(outcome))
        health.degrade('GEMINI_UNAVAILABLE', outcome)
      if (breaker === 'closed') health.recover('GEMINI_UNAVAILABLE')
    },
  }
}

function isOfCaller(outcome: string): boolean {
  return ['breaker-open', 'busy', 'cancelled', 'answered'].includes(outcome)
}
