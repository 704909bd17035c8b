/** The calls under way, so that all of them can be told at once when there is nothing to wait for. */
export interface Calls {
  /**
   * Settles with `work`, or rejects with what `endAll` was given.
   * @param work asks `isOver` before it begins anything that nobody waits for any more
   */
  run<T>(work: (isOver: () => boolean) => Promise<T>): Promise<T>
  endAll(error: Error): void
}

export function createCalls(): Calls {
  const endings = new Set<(error: Error) => void>()

  return {
    async run(work) {
      let isOver = false
      let end = (_error: Error) => {}
      const ended = new Promise<never>((_, reject) => {
        end = reject
      })
      endings.add(end)
      try {
        return await Promise.race([ended, work(() => isOver)])
      } finally {
        isOver = true
        endings.delete(end)
      }
    },
    endAll(error) {
      for (const end of endings) end(error)
    },
  }
}
