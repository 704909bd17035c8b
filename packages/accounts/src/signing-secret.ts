import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface SigningSecretConfig {
  /** AUTH_SECRET; empty: the file's. In production it is never empty, which the configuration sees to. */
  readonly authSecret: string
  readonly authSecretFile: string
}

const BYTES = 32

/**
 * The secret that signs access tokens, the same for all processes of a host. Without a configured one
 * it is made once and kept in a file that only this user reads, so that a developer stays signed in
 * over a restart.
 */
export function loadSigningSecret({ authSecret, authSecretFile }: SigningSecretConfig): Uint8Array {
  if (authSecret !== '') return Buffer.from(authSecret, 'utf8')
  return readKept(authSecretFile) ?? keepNew(authSecretFile)
}

function readKept(file: string): Uint8Array | null {
  try {
    const kept = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
    if (kept.length === BYTES) return kept
    throw new Error(`${file} holds no secret of ours: remove it, and another is made`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Two processes may start at once: a link to a whole file is made by one of them, and read by both. */
function keepNew(file: string): Uint8Array {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(draft, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  const kept = readKept(file)
  if (kept === null) throw new Error(`${file} cannot be kept`)
  return kept
}
