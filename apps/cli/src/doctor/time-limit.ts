export class TimeLimitError extends Error {
  readonly limitMs: number

  constructor(limitMs: number) {
    super(`not done within ${limitMs} ms`)
    this.name = 'TimeLimitError'
    this.limitMs = limitMs
  }
}

/**
 * Settles with `work`, or rejects with a TimeLimitError after `limitMs`, whatever the work does then.
 * @param work gets a signal that is aborted when its time is up, or when `outer` is
 */
export async function within<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  let giveUp = () => {}
  const late = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(new TimeLimitError(limitMs))
      controller.abort()
    }
  })
  const timer = setTimeout(giveUp, limitMs)
  outer?.addEventListener('abort', giveUp, { once: true })
  if (outer?.aborted) giveUp()
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', giveUp)
  }
}
