/**
 * Whose journal a folder is, and how old, is said by its name: `host.pid.start.made.random`. A pid alone
 * proves nothing, in a container least of all: the next process has the same. With the moment it
 * started it does. So a claim is one `rename`, which only one of many succeeds in, and no file can
 * contradict it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { processStart } from '@bemore/ops'

export interface Owner {
  readonly host: string
  readonly pid: number
  readonly start: string
}

/**
 * - `gone`: nobody writes there any more
 * - `elsewhere`: of another host or container, whose processes cannot be seen from here
 */
export type OwnerState = 'alive' | 'gone' | 'elsewhere'

/** No process has it: the name of what a process has left in order. */
const NOBODY = 0
const NAME = /^([0-9a-f]{8})\.(\d+)\.(\w+)\.(\d+)\.[0-9a-f]{16}$/

export interface FolderName {
  readonly owner: Owner
  /** When the journal was made, Unix ms; it stays when the owner changes. */
  readonly madeAt: number
}

export function thisProcess(): Owner {
  return { host: digest(hostname()), pid: process.pid, start: startOf(process.pid) ?? '0' }
}

/** A new name each time. */
export function folderNameOf({ host, pid, start }: Owner, madeAt: number): string {
  return `${host}.${pid}.${start}.${madeAt}.${randomBytes(8).toString('hex')}`
}

export function releasedFolderName(madeAt: number): string {
  return folderNameOf({ host: digest(hostname()), pid: NOBODY, start: '0' }, madeAt)
}

/** @returns null for a folder that is no journal */
export function parseFolderName(name: string): FolderName | null {
  const [, host, pid, start, madeAt] = NAME.exec(name) ?? []
  if (host === undefined || start === undefined) return null
  return { owner: { host, pid: Number(pid), start }, madeAt: Number(madeAt) }
}

export function judgeOwner({ host, pid, start }: Owner): OwnerState {
  if (pid === NOBODY) return 'gone'
  if (host !== digest(hostname())) return 'elsewhere'
  return startOf(pid) === start ? 'alive' : 'gone'
}

/** Of a form that fits into the name of a folder. */
function startOf(pid: number): string | undefined {
  const start = processStart(pid)
  return start === undefined ? undefined : digest(start)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
