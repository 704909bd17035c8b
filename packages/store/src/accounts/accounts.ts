/** A person with an account, without what proves it. */
export interface UserRow {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly profileImage: string | null
  /** Unix ms. */
  readonly createdAt: number
}

/** Where a user is, or was, signed in; times are Unix ms. */
export interface SignInRow {
  readonly id: string
  readonly createdAt: number
  readonly usedAt: number
  readonly expiresAt: number
  readonly endedAt: number | null
  readonly endedBy: 'logout' | 'password' | 'reuse' | 'limit' | 'deletion' | null
}

export interface RefreshRules {
  /** SHA-256 of the token that is shown, and of the one that follows it, in hex. */
  readonly shown: string
  readonly next: string
  /** How long after its use a token may be used again, ms. */
  readonly graceMs: number
  /** How long a sign-in lasts without use, ms. */
  readonly lifetimeMs: number
}

export type Refreshed =
  | { readonly outcome: 'refreshed'; readonly user: UserRow; readonly signInId: string }
  /** `reused` ended the sign-in, and is told once: later the sign-in is just not there any more. */
  | { readonly outcome: 'reused'; readonly userId: string; readonly signInId: string }
  | { readonly outcome: 'unknown' }

/** Users and their sign-ins. Emails come in the form that `normaliseEmail` gives. */
export interface AccountStore {
  /** @returns null where the address is taken. */
  create(user: {
    readonly email: string
    readonly username: string
    readonly passwordHash: string
  }): Promise<UserRow | null>
  findByEmail(
    email: string,
  ): Promise<{ readonly user: UserRow; readonly passwordHash: string } | null>
  get(userId: string): Promise<UserRow | null>
  passwordHash(userId: string): Promise<string | null>
  update(
    userId: string,
    change: { readonly username?: string; readonly profileImage?: string | null },
  ): Promise<UserRow | null>
  /**
   * Ends every other sign-in of the user.
   * @param change `from` is the hash that was verified
   * @returns the ids ended; null where the password was changed by somebody else meanwhile
   */
  changePassword(
    userId: string,
    change: { readonly from: string; readonly to: string },
    keepSignInId: string,
  ): Promise<string[] | null>
  /**
   * Takes everything of the person off the account and ends all sign-ins. Sessions are erased by
   * `ErasureStore.owner`; `forgetDeleted` takes the rest away later.
   * @returns the ids of the sign-ins ended.
   */
  markDeleted(userId: string): Promise<string[]>
  /** Users marked deleted that own a session still, the longest ago first. */
  listDeleted(limit: number): Promise<string[]>
  /** Removes users that were marked deleted before `before` (Unix ms) and own no session any more. */
  forgetDeleted(before: number): Promise<number>

  /**
   * @param limit sign-ins a user may have: beyond it the one not used for the longest ends
   * @param passwordHash against which the password was right
   * @returns null where the user was deleted, or has changed the password, meanwhile
   */
  signIn(signIn: {
    readonly userId: string
    /** SHA-256 of the refresh token, in hex. */
    readonly refreshDigest: string
    readonly lifetimeMs: number
    readonly limit: number
    readonly passwordHash: string
  }): Promise<string | null>
  refresh(rules: RefreshRules): Promise<Refreshed>
  isSignedIn(signInId: string): Promise<boolean>
  /** Which of these have ended, or never were. */
  endedAmong(signInIds: readonly string[]): Promise<string[]>
  /** Ends a sign-in, named by its id or by one of its refresh tokens. @returns the ids ended. */
  signOut(by: { readonly signInId?: string; readonly refreshDigest?: string }): Promise<string[]>

  /**
   * Counts an attempt.
   * @param digest of whose and from where, SHA-256 in hex
   * @returns when the window ends, Unix ms, where this one is beyond the limit; else null
   */
  countAttempt(digest: string, limit: number, windowMs: number): Promise<number | null>
  /** Takes one attempt back from each: it was the person. */
  forgiveAttempt(digests: readonly string[]): Promise<void>
  /** Newest first, at most `limit`. */
  listSignIns(userId: string, limit: number): Promise<SignInRow[]>
  /**
   * Removes sign-ins, refresh tokens and attempts that are over, at most `limit` of each.
   * @param tokenAgeMs refresh tokens older than that are
   * @returns the most that were removed of one of them
   */
  sweep(limit: number, tokenAgeMs: number): Promise<number>
}
