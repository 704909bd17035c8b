/** What is taken as an address and as a password, in the form in which they are compared and stored. */

export type PasswordFault =
  | 'too short'
  | 'too long'
  | 'easily guessed'
  | 'the same as the address or the name'

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

/** With so few different characters it is a pattern. */
const LEAST_DIFFERENT = 4
/** Rows of keys and counting, as far as eight characters of them are typed in one go. */
const RUNS = [
  ...['0123456789012345', '9876543210987654', 'abcdefghijklmnopqrstuvwxyz'],
  ...['qwertyuiopasdfghjklzxcvbnm', '1q2w3e4r5t6y7u8i9o0p', '1qaz2wsx3edc4rfv5tgb'],
]
/** What stands in front of every list of leaked ones, without the digits and signs around it. */
const COMMON = new Set(
  'password passw0rd p@ssword p@ssw0rd iloveyou sunshine princess football baseball superman trustno1 whatever welcome letmein administrator admin qwerty asdf abcd starwars dragon monkey master shadow michael computer samsung'.split(
    ' ',
  ),
)

/** The few that guessers begin with; a list of all that ever leaked is not carried here. */
function isEasilyGuessed(plain: string): boolean {
  const core = plain.replace(/^[\d\s!?.*]+|[\d\s!?.*]+$/g, '')
  return (
    new Set(plain.replace(/\s/g, '')).size < LEAST_DIFFERENT ||
    COMMON.has(plain) ||
    COMMON.has(core) ||
    RUNS.some((run) => run.includes(plain))
  )
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
  if (isEasilyGuessed(plain)) return { fault: 'easily guessed' }
  const isOwnName = plain === about.email || plain === about.username.trim().toLowerCase()
  return isOwnName ? { fault: 'the same as the address or the name' } : { password: normal }
}
