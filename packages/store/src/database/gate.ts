import { StoreError } from './store-error.js'

/**
 * The bounded queue before the pool: `limit` may be inside, `queueLimit` may wait, each at most
 * `waitMs`. Without it a slow database turns into unbounded memory and unbounded latency here.
 */
export interface Gate {
  /**
   * Resolves when inside, with the way out (to be called once).
   * @throws StoreError DATABASE_BUSY when too many wait, or the wait took too long
   */
  enter(): Promise<() => void>
  /** Sends away everyone who waits. */
  rejectWaiting(error: Error): void
  readonly inside: number
  readonly waiting: number
}

interface Waiter {
  readonly admit: () => void
  readonly reject: (error: Error) => void
}

export function createGate(limits: {
  readonly limit: number
  readonly queueLimit: number
  readonly waitMs: number
}): Gate {
  const { limit, queueLimit, waitMs } = limits
  const waiters = new Set<Waiter>()
  let inside = 0

  const leave = () => {
    const [next] = waiters
    if (next === undefined) inside -= 1
    else next.admit()
  }
  const onceOut = () => {
    let left = false
    return () => {
      if (left) return
      left = true
      leave()
    }
  }

  const wait = () =>
    new Promise<() => void>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        waiters.delete(waiter)
      }
      const waiter: Waiter = {
        admit() {
          settle()
          resolve(onceOut())
        },
        reject(error) {
          settle()
          reject(error)
        },
      }
      const timer = setTimeout(() => {
        waiter.reject(new StoreError('DATABASE_BUSY', `no free connection within ${waitMs} ms`))
      }, waitMs)
      waiters.add(waiter)
    })

  return {
    async enter() {
      if (inside < limit) {
        inside += 1
        return onceOut()
      }
      if (waiters.size >= queueLimit) {
        throw new StoreError('DATABASE_BUSY', `${waiters.size} callers wait for a connection`)
      }
      return wait()
    },
    rejectWaiting(error) {
      for (const waiter of waiters) waiter.reject(error)
    },
    get inside() {
      return inside
    },
    get waiting() {
      return waiters.size
    },
  }
}
