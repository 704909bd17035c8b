import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits: nothing to guess, so a plain digest of it is as good as a slow one. */
export const createRefreshToken = (): string => `bmr_${randomBytes(32).toString('base64url')}`

/** What is stored of a refresh token: SHA-256, in hex. Who reads the database cannot sign in with it. */
export const digestRefreshToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')
