/** Runs `read` for the key, or shares a run that is sure to be fresh enough. */
export type ShareRead<Result> = (key: string, read: () => Promise<Result>) => Promise<Result>

/**
 * Lets callers of the same key share a read, without giving anyone older data than a read of his own
 * would: who comes while a read runs waits for the next one, which starts after it and serves all who
 * came by then. So a burst of any size costs two reads.
 */
export function createSharedReads<Result>(): ShareRead<Result> {
  const running = new Map<string, Promise<Result>>()
  const next = new Map<string, Promise<Result>>()

  const start: ShareRead<Result> = (key, read) => {
    const result = read().finally(() => {
      if (running.get(key) === result) running.delete(key)
    })
    running.set(key, result)
    return result
  }

  return (key, read) => {
    const current = running.get(key)
    if (current === undefined) return start(key, read)
    const waiting = next.get(key)
    if (waiting !== undefined) return waiting
    const begin = () => {
      next.delete(key)
      return start(key, read)
    }
    const promised = current.then(begin, begin)
    next.set(key, promised)
    return promised
  }
}
