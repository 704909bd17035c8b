import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.js'

/**
 * Posts messages to one URL, in order, on a clock of its own: whoever has something to say never
 * waits and never hears of trouble. The URL is a secret (who has it may post): only its host is shown.
 */
export interface Webhook {
  /** Takes a JSON body; when too many wait, the oldest of them is dropped. */
  send(body: string): void
  readonly counts: WebhookCounts
  /** Resolves when nothing waits any more, or after `timeoutMs`; what still waits then is dropped. */
  close(timeoutMs: number): Promise<void>
}

export interface WebhookCounts {
  readonly sent: number
  /** Given up, after all attempts or because the receiver does not want it. */
  readonly failed: number
  /** Never tried: too many waited, or the process ended. */
  readonly dropped: number
  readonly waiting: number
}

export interface WebhookOptions {
  readonly url: string
  readonly log: Logger
  /** Of one attempt, ms. */
  readonly timeoutMs?: number
  readonly attempts?: number
  /** Wait before the second attempt, ms; doubled before each further one. */
  readonly retryMs?: number
  readonly queueLimit?: number
}

const MAX_RETRY_MS = 30_000

export function createWebhook(options: WebhookOptions): Webhook {
  const { url, log, timeoutMs = 5_000, attempts = 5, retryMs = 1_000, queueLimit = 100 } = options
  const { host } = new URL(url)
  const stopping = new AbortController()
  const waiting: string[] = []
  const counts = { sent: 0, failed: 0, dropped: 0 }
  let working: Promise<void> | null = null

  const post = async (body: string): Promise<Outcome> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        // The receiver that was named, or none: a redirect may lead anywhere.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal]),
      })
      await response.body?.cancel()
      if (response.ok) return { done: true }
      const { status } = response
      const isPassing = status === 408 || status === 429 || status >= 500
      return { done: false, reason: `status ${status}`, isPassing, waitMs: retryAfter(response) }
    } catch (error) {
      // The message of an error may hold the URL; its code does not.
      return { done: false, reason: codeOf(error), isPassing: true, waitMs: 0 }
    }
  }

  const deliver = async (body: string): Promise<void> => {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      const outcome = await post(body)
      if (outcome.done) {
        counts.sent += 1
        return
      }
      const { reason, isPassing, waitMs } = outcome
      if (!isPassing || attempt >= attempts) {
        counts.failed += 1
        log.warn({ event: 'webhook.failed', host, reason, attempt }, 'an alert was not delivered')
        return
      }
      const backoffMs = Math.max(waitMs, retryMs * 2 ** (attempt - 1))
      await sleep(Math.min(backoffMs, MAX_RETRY_MS), undefined, { signal: stopping.signal }).catch(
        () => {},
      )
    }
    counts.dropped += 1
  }

  const work = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) await deliver(body)
    working = null
  }

  return {
    send(body) {
      if (stopping.signal.aborted) {
        counts.dropped += 1
        return
      }
      waiting.push(body)
      if (waiting.length > queueLimit) {
        waiting.shift()
        counts.dropped += 1
        log.warn({ event: 'webhook.full', host }, 'too many alerts wait: the oldest was dropped')
      }
      working ??= work()
    },
    get counts() {
      return { ...counts, waiting: waiting.length }
    },
    async close(closeMs) {
      const enough = new AbortController()
      await Promise.race([
        working ?? Promise.resolve(),
        sleep(closeMs, undefined, { signal: enough.signal }).catch(() => {}),
      ])
      enough.abort()
      counts.dropped += waiting.splice(0).length
      stopping.abort()
      await working
    },
  }
}

type Outcome =
  | { readonly done: true }
  | {
      readonly done: false
      readonly reason: string
      readonly isPassing: boolean
      readonly waitMs: number
    }

/** `Retry-After` in seconds, as ms; 0 without one. */
function retryAfter({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}

function codeOf(error: unknown): string {
  const { name = 'Error', cause } = (error ?? {}) as { name?: string; cause?: { code?: string } }
  return cause?.code ?? name
}
