import type { ErrorCode } from './error-codes.js'

/** Where the API explains a code to people; every error reply says it in `help`. */
export const helpPathOf = (code: ErrorCode): string => `/docs/errors/${code}`
