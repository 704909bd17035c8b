import { setTimeout as sleep } from 'node:timers/promises'

const DEADLINE_MS = 20_000

/** Waits until `find` gives something true, and gives it back; a failing `find` counts as not yet. */
export async function until<T>(what: string, find: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS
  let last: unknown
  while (Date.now() < deadline) {
    try {
      last = await find()
      if (last) return last as T
    } catch (error) {
      last = error
    }
    await sleep(10)
  }
  throw new Error(`waited in vain for ${what}`, { cause: last })
}
