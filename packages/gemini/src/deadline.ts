import { GeminiFailure } from './failure.js'

export interface Deadline {
  /** Its reason is a `GeminiFailure`: 'timeout', or what ended the parent. */
  readonly signal: AbortSignal
  /** The time begins anew. */
  touch(): void
  /** To be called in every case: whatever still hangs on the signal is let go. */
  end(): void
}

/** @param parent ends it too; one that is none of ours ends it as 'cancelled'. */
export function startDeadline(ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new GeminiFailure('timeout')), ms)
  const follow = () => {
    const { reason } = parent as AbortSignal
    controller.abort(reason instanceof GeminiFailure ? reason : new GeminiFailure('cancelled'))
  }
  if (parent?.aborted) follow()
  else parent?.addEventListener('abort', follow, { once: true })

  return {
    signal: controller.signal,
    touch() {
      timer.refresh()
    },
    end() {
      clearTimeout(timer)
      parent?.removeEventListener('abort', follow)
      controller.abort(new GeminiFailure('cancelled'))
    },
  }
}
