/** What is taken as an address and as a password, in the form in which they are compared and stored. */

export type PasswordFault = 'too short' | 'too long' | 'the same as the address or the name'

const LEAST_CHARS = 8
/** Far beyond any passphrase; hashing takes longer with more. */
const MOST_CHARS = 256

/** Addresses are one whatever their case; the part before the @ has one in theory only. */
export const normaliseEmail = (email: string): string =>
  email.normalize('NFKC').trim().toLowerCase()

const MOST_EMAIL_CHARS = 254
const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u

/**
 * Looks like an address in the form it is stored in: a character may become eighteen by normalising,
 * spaces and a second @ among them.
 * @returns it in that form, or null
 */
export function fitEmail(email: string): string | null {
  const normal = normaliseEmail(email)
  return normal.length <= MOST_EMAIL_CHARS && EMAIL.test(normal) ? normal : null
}

/**
 * The same password typed on another keyboard is the same (NIST SP 800-63B §5.1.1.2: NFKC). No rule of
 * composition is kept to beyond length, which is what that paper found to help.
 * @returns the password as it is hashed, or what is wrong with it
 */
export function fitPassword(
  password: string,
  about: { readonly email: string; readonly username: string },
): { readonly password: string } | { readonly fault: PasswordFault } {
  const normal = password.normalize('NFKC')
  const length = [...normal].length
  if (length < LEAST_CHARS) return { fault: 'too short' }
  if (length > MOST_CHARS) return { fault: 'too long' }
  const plain = normal.toLowerCase()
  const isOwnName = plain === about.email || plain === about.username.trim().toLowerCase()
  return isOwnName ? { fault: 'the same as the address or the name' } : { password: normal }
}
