import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logger.js'
import { type DeliveryOptions, deliver } from './webhook-delivery.js'

/**
 * Posts messages to one URL, in order, on a clock of its own: whoever has something to say never
 * waits and never hears of trouble. Of the URL only the host is shown.
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
  /** Too many waited, or the process ended. */
  readonly dropped: number
  readonly waiting: number
}

export interface WebhookOptions extends DeliveryOptions {
  readonly log: Logger
  readonly queueLimit?: number
}

export function createWebhook(options: WebhookOptions): Webhook {
  const { log, queueLimit = 100 } = options
  const { host } = new URL(options.url)
  const stopping = new AbortController()
  const waiting: string[] = []
  const counts = { sent: 0, failed: 0, dropped: 0 }
  let working: Promise<void> | null = null

  const work = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const delivery = await deliver(body, options, stopping.signal)
      counts[delivery.outcome === 'aborted' ? 'dropped' : delivery.outcome] += 1
      if (delivery.outcome !== 'failed') continue
      const { reason, attempts } = delivery
      log.warn({ event: 'webhook.failed', host, reason, attempts }, 'an alert was not delivered')
    }
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
    async close(timeoutMs) {
      const enough = new AbortController()
      const late = sleep(timeoutMs, undefined, { signal: enough.signal }).catch(() => {})
      await Promise.race([working, late])
      enough.abort()
      counts.dropped += waiting.splice(0).length
      stopping.abort()
      await working
    },
  }
}
