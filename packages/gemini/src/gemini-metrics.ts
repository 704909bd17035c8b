import { createTally, type Metrics, type Sample, type Timed } from '@bemore/ops'
import { BREAKER_STATES, type BreakerState } from './breaker.js'

export const REQUEST_KINDS = ['reply', 'summary', 'emotion', 'transcript'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

export interface GeminiMetrics {
  /** @param outcome 'answered', or the reason there was no answer. */
  count(kind: RequestKind, outcome: string, seconds: number): void
  countTokens(tokens: { readonly input: number; readonly output: number }): void
}

const BUCKETS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32]

/** Numbers and codes only: no text, no session. */
export function createGeminiMetrics(
  metrics: Metrics | undefined,
  readState: () => {
    readonly breaker: BreakerState
    readonly active: number
    readonly waiting: number
  },
): GeminiMetrics {
  const requests = createTally()
  const total = { input: 0, output: 0 }
  let observe: Timed = () => {}
  if (metrics !== undefined) {
    metrics.counters(
      'bemore_gemini_requests_total',
      'Requests to Gemini by what became of them',
      ['kind', 'outcome'],
      () => requests.samples(),
    )
    metrics.counters(
      'bemore_gemini_tokens_total',
      'Tokens as Gemini counts them',
      ['direction'],
      () => [
        [total.input, 'in'],
        [total.output, 'out'],
      ],
    )
    metrics.gauges('bemore_gemini_breaker_state', '1 for the state it has', ['state'], () =>
      BREAKER_STATES.map((each): Sample => [Number(each === readState().breaker), each]),
    )
    metrics.gauge('bemore_gemini_requests_active', 'Requests under way', () => readState().active)
    metrics.gauge(
      'bemore_gemini_requests_waiting',
      'Requests that wait for their turn',
      () => readState().waiting,
    )
    observe = metrics.durations(
      'bemore_gemini_request_seconds',
      'From the call to the last word of the answer, waiting and retries too',
      ['kind'],
      BUCKETS,
    )
  }

  return {
    count(kind, outcome, seconds) {
      requests.add(kind, outcome)
      observe(seconds, kind)
    },
    countTokens({ input, output }) {
      total.input += input
      total.output += output
    },
  }
}
