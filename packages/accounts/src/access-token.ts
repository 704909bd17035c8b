import { errors, jwtVerify, SignJWT } from 'jose'

/**
 * Access tokens: short-lived JWTs (RFC 9068 in spirit: `typ` at+jwt, one issuer, one audience), signed
 * with HS256 by a secret that all processes share. Whoever verifies one needs no database, so that
 * signed-in people stay signed in while it is away; that a sign-in was ended is asked beside it.
 */
export interface AccessClaims {
  readonly userId: string
  /** The sign-in it was issued for; it ends with that. */
  readonly signInId: string
  /** Unix ms. */
  readonly expiresAt: number
}

export type AccessVerdict =
  | { readonly ok: true; readonly claims: AccessClaims }
  | { readonly ok: false; readonly code: 'TOKEN_EXPIRED' | 'TOKEN_INVALID' }

export interface TokenReader {
  verify(token: string): Promise<AccessVerdict>
  /** Whose it was, also after it has expired: enough for letting go of a sign-in, and nothing else. */
  readExpired(token: string): Promise<AccessClaims | null>
}

export interface AccessTokens extends TokenReader {
  issue(userId: string, signInId: string): Promise<string>
}

interface TokenOptions {
  readonly secret: Uint8Array
  /** Unix ms. */
  now(): number
}

const ALGORITHM = 'HS256'
const KEY = { name: 'HMAC', hash: 'SHA-256' } as const
const TYPE = 'at+jwt'
const ISSUER = 'bemore'
const AUDIENCE = 'bemore-api'
/** Ours have some 300 characters; nothing is decoded of what is much longer. */
const MAX_LENGTH = 1_024
const LONG_AGO_SECONDS = 365 * 24 * 3_600
const INVALID = { ok: false, code: 'TOKEN_INVALID' } as const

/** Once: a key that is imported for each token costs as much as the rest of reading it. */
const importSecret = (secret: Uint8Array) =>
  crypto.subtle.importKey('raw', Uint8Array.from(secret), KEY, false, ['sign', 'verify'])

export function createTokenReader({ secret, now }: TokenOptions): TokenReader {
  const key = importSecret(secret)
  const read = async (token: string, clockTolerance: number): Promise<AccessVerdict> => {
    if (token.length > MAX_LENGTH) return INVALID
    try {
      const { payload } = await jwtVerify(token, await key, {
        ...{ algorithms: [ALGORITHM], typ: TYPE, issuer: ISSUER, audience: AUDIENCE },
        ...{ requiredClaims: ['sub', 'sid', 'exp'], currentDate: new Date(now()), clockTolerance },
      })
      const { sub, sid, exp } = payload
      if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined) return INVALID
      return { ok: true, claims: { userId: sub, signInId: sid, expiresAt: exp * 1_000 } }
    } catch (error) {
      return error instanceof errors.JWTExpired ? { ok: false, code: 'TOKEN_EXPIRED' } : INVALID
    }
  }

  return {
    verify: (token) => read(token, 0),
    async readExpired(token) {
      const verdict = await read(token, LONG_AGO_SECONDS)
      return verdict.ok ? verdict.claims : null
    },
  }
}

export function createAccessTokens(
  options: TokenOptions & { readonly lifetimeMs: number },
): AccessTokens {
  const { secret, lifetimeMs, now } = options
  const key = importSecret(secret)
  return {
    ...createTokenReader(options),
    async issue(userId, signInId) {
      const issuedAt = Math.floor(now() / 1_000)
      return new SignJWT({ sid: signInId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + Math.ceil(lifetimeMs / 1_000))
        .sign(await key)
    },
  }
}
