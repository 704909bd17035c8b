import { hash, verify } from '@node-rs/argon2'

/**
 * Argon2id with the parameters of the OWASP cheat sheet (19 MiB, 2 passes, 1 lane): some 20 ms and
 * 19 MB each, on the thread pool. So only a few run at once and a few wait; beyond that the caller is
 * turned away, and a storm of sign-ins costs neither memory nor those who are signed in already.
 */
export interface Passwords {
  /** @throws PasswordsBusyError */
  hash(password: string): Promise<string>
  /**
   * Takes as long for nobody's hash (null) as for a wrong password.
   * @throws PasswordsBusyError
   */
  verify(hashed: string | null, password: string): Promise<boolean>
}

export class PasswordsBusyError extends Error {
  readonly code = 'OVERLOADED'

  constructor() {
    super('too many passwords are being checked')
    this.name = 'PasswordsBusyError'
  }
}

/** Argon2id is what the library does where nothing else is asked for. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function createPasswords(config: {
  readonly passwordConcurrency: number
  readonly passwordQueueLimit: number
}): Passwords {
  const { passwordConcurrency, passwordQueueLimit } = config
  const waiting: (() => void)[] = []
  let running = 0
  let decoy: Promise<string> | undefined

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= passwordConcurrency) {
      if (waiting.length >= passwordQueueLimit) throw new PasswordsBusyError()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place goes to who waited longest, so that nobody who comes now can be before.
      if (next === undefined) running -= 1
      else next()
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, PARAMETERS)),
    verify: (hashed, password) =>
      inTurn(async () => {
        decoy ??= hash('nobody has this password', PARAMETERS)
        const isRight = await verify(hashed ?? (await decoy), password)
        return hashed !== null && isRight
      }),
  }
}
