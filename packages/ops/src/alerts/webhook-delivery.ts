import { setTimeout as sleep } from 'node:timers/promises'

/** `aborted`: the caller wanted no more attempts; it may have arrived all the same. */
export type Delivery =
  | { readonly outcome: 'sent' | 'aborted' }
  | { readonly outcome: 'failed'; readonly reason: string; readonly attempts: number }

export interface DeliveryOptions {
  /** A secret: who has it may post. It is in no message of this module. */
  readonly url: string
  /** Of one attempt, ms. */
  readonly timeoutMs?: number
  readonly attempts?: number
  /** Wait before the second attempt, ms; doubled before each further one. */
  readonly retryMs?: number
}

const MAX_RETRY_MS = 30_000

/** Posts a JSON body, again where that may help: no answer, 408, 429, 5xx. Never rejects. */
export async function deliver(
  body: string,
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<Delivery> {
  const { url, timeoutMs = 5_000, attempts = 5, retryMs = 1_000 } = options
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const refusal = await post(url, body, AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]))
    if (refusal === null) return { outcome: 'sent' }
    if (signal.aborted) break
    const { reason, isPassing, waitMs } = refusal
    if (!isPassing || attempt >= attempts) return { outcome: 'failed', reason, attempts: attempt }
    const backoffMs = Math.max(waitMs, retryMs * 2 ** (attempt - 1))
    await sleep(Math.min(backoffMs, MAX_RETRY_MS), undefined, { signal }).catch(() => {})
  }
  return { outcome: 'aborted' }
}

interface Refusal {
  readonly reason: string
  readonly isPassing: boolean
  /** What the receiver asked for, ms; 0 where it did not. */
  readonly waitMs: number
}

async function post(url: string, body: string, signal: AbortSignal): Promise<Refusal | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // The receiver that was named, or none: a redirect may lead anywhere.
      redirect: 'manual',
      signal,
    })
    await response.body?.cancel()
    if (response.ok) return null
    const { status } = response
    const isPassing = status === 408 || status === 429 || status >= 500
    return { reason: `status ${status}`, isPassing, waitMs: retryAfterMs(response) }
  } catch (error) {
    return { reason: codeOf(error), isPassing: true, waitMs: 0 }
  }
}

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}

/** The message of an error may hold the URL; its code does not. */
function codeOf(error: unknown): string {
  const { name = 'Error', cause } = (error ?? {}) as { name?: string; cause?: { code?: string } }
  return cause?.code ?? name
}
