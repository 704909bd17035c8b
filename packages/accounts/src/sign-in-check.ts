/**
 * Whether sign-ins go on, as far as can be known. One that has ended never begins again, so that is
 * remembered; while nobody can be asked, what is not known to have ended goes on.
 */
export interface SignInCheck {
  goesOn(signInId: string): Promise<boolean>
  /** They have ended, here or as the database says. */
  note(signInIds: readonly string[]): void
}

/** Access tokens of a sign-in are good for minutes: far more than end in that time. */
const REMEMBERED = 100_000

export function createSignInCheck(deps: {
  ask(signInId: string): Promise<boolean>
  /** Whether an error of `ask` says that nobody can be asked now. */
  isAway(error: unknown): boolean
}): SignInCheck {
  const ended = new Set<string>()
  const note = (signInIds: readonly string[]) => {
    for (const id of signInIds) ended.add(id)
    for (const oldest of ended) {
      if (ended.size <= REMEMBERED) break
      ended.delete(oldest)
    }
  }
  return {
    note,
    async goesOn(signInId) {
      if (ended.has(signInId)) return false
      try {
        if (await deps.ask(signInId)) return !ended.has(signInId)
      } catch (error) {
        if (deps.isAway(error)) return !ended.has(signInId)
        throw error
      }
      note([signInId])
      return false
    },
  }
}
