import { GeminiFailure } from './failure.js'

export interface Slots {
  readonly active: number
  readonly waiting: number
  /**
   * @returns gives the slot back, once.
   * @throws GeminiFailure 'busy' where the queue is full, or the reason of the signal.
   */
  acquire(signal: AbortSignal): Promise<() => void>
}

/** At most `limit` at once, and at most `queueLimit` that wait, first come, first served. */
export function createSlots(limit: number, queueLimit: number): Slots {
  const waiting = new Set<() => void>()
  let active = 0

  const take = (): (() => void) => {
    active += 1
    return () => {
      active -= 1
      const [next] = waiting
      next?.()
    }
  }

  return {
    get active() {
      return active
    },
    get waiting() {
      return waiting.size
    },
    async acquire(signal) {
      signal.throwIfAborted()
      if (active < limit) return take()
      if (waiting.size >= queueLimit) throw new GeminiFailure('busy')
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(enter)
          signal.removeEventListener('abort', giveUp)
        }
        const enter = () => {
          leave()
          resolve(take())
        }
        const giveUp = () => {
          leave()
          reject(signal.reason)
        }
        waiting.add(enter)
        signal.addEventListener('abort', giveUp, { once: true })
      })
    },
  }
}
