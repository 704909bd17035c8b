import { count, integer, MINUTE, milliseconds, oneOf, string } from './setting.js'

/** Of who somebody is, as both processes read it; part of `PROCESS_SETTINGS`. */
export const IDENTITY_SETTINGS = {
  authSecret: string(
    'AUTH_SECRET',
    'Signs access tokens, at least 32 characters, the same for all processes; empty: one is made and kept in AUTH_SECRET_FILE, but not in production',
    { fallback: '', secret: true, minChars: 32 },
  ),
  authSecretFile: string('AUTH_SECRET_FILE', 'Where a secret that was made is kept', {
    fallback: '.bemore/auth-secret',
  }),
  tokenCheckMs: milliseconds(
    'TOKEN_CHECK_MS',
    'How often the database is asked whether a sign-in was ended',
    30_000,
    10 * MINUTE,
  ),
}

/** Read by the REST process alone; part of `API_SETTINGS`. */
export const ACCOUNT_SETTINGS = {
  authRequired: oneOf(
    'AUTH_REQUIRED',
    'Whether a session can only be started by somebody who is signed in',
    ['yes', 'no'],
    { fallback: 'no' },
  ),
  accessTokenLifetimeMs: milliseconds(
    'ACCESS_TOKEN_LIFETIME_MS',
    'How long an access token is good for',
    15 * MINUTE,
    24 * 60 * MINUTE,
  ),
  refreshTokenDays: integer('REFRESH_TOKEN_DAYS', 'Days without use until a sign-in ends', {
    fallback: 30,
    min: 1,
    max: 365,
  }),
  refreshGraceMs: milliseconds(
    'REFRESH_GRACE_MS',
    'How long a refresh token that was used may be used again, by another tab',
    60_000,
    10 * MINUTE,
  ),
  tokenCacheEntries: count('TOKEN_CACHE_ENTRIES', 'Access tokens remembered as verified', 10_000),
  ownerCacheEntries: count(
    'OWNER_CACHE_ENTRIES',
    'Sessions whose owner is remembered',
    100_000,
    10_000_000,
  ),
  signInsPerUser: count('SIGN_INS_PER_USER', 'Sign-ins a user may have at once', 50, 10_000),
  authRequestsPerMinute: count(
    'AUTH_REQUESTS_PER_MINUTE',
    'Sign-ups, sign-ins and password checks a minute an address',
    120,
    100_000_000,
  ),
  loginAttempts: count(
    'LOGIN_ATTEMPTS',
    'Attempts to sign in to one account from one address within LOGIN_WINDOW_MS',
    10,
  ),
  loginAttemptsAnywhere: count(
    'LOGIN_ATTEMPTS_ANYWHERE',
    'The same from all addresses together',
    100,
  ),
  loginWindowMs: milliseconds(
    'LOGIN_WINDOW_MS',
    'How long attempts count',
    15 * MINUTE,
    24 * 60 * MINUTE,
  ),
  passwordConcurrency: integer('PASSWORD_CONCURRENCY', 'Passwords hashed at the same time', {
    fallback: 2,
    min: 1,
    max: 64,
  }),
  passwordQueueLimit: count('PASSWORD_QUEUE_LIMIT', 'Passwords that may wait for it', 64, 10_000),
}
