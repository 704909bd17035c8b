// `.bemore/up.json` says which `up` runs in this folder. It is only a pointer: whether that one is
// alive is asked on its control port, so a file left by kill -9 or a power cut is in nobody's way.
// A dead record is replaced only by the holder of `<file>.after-<its id>`, itself such a file: of two
// that find the same dead record, one would otherwise remove the live record of the other.
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askControlPort } from './control-port.js'
import type { UpStatus } from './up-status.js'

export interface RunRecord {
  readonly instanceId: string
  readonly pid: number
  readonly controlPort: number
}

export interface Running {
  readonly pid: number
  /** null where it is alive and does not answer. */
  readonly status: UpStatus | null
}

export type RunFileOutcome =
  | { readonly taken: true; readonly foundStale: boolean; release(): Promise<void> }
  | (Running & { readonly taken: false })

const MAX_ATTEMPTS = 100
const RETRY_MS = 20

export const runFilePath = (folder: string) => join(folder, 'up.json')

/** Takes the run file of a folder (which exists), or says who has it. */
export async function takeRunFile(folder: string, own: RunRecord): Promise<RunFileOutcome> {
  const path = runFilePath(folder)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const outcome = await take(path, own)
    if (outcome === 'new' || outcome === 'replaced') {
      return { taken: true, foundStale: outcome === 'replaced', release: () => release(path, own) }
    }
    if (outcome !== 'busy') return { taken: false, ...outcome }
    await sleep(RETRY_MS)
  }
  throw new Error(`${path} changes hands all the time: several starts at once?`)
}

async function take(path: string, own: RunRecord): Promise<'new' | 'replaced' | 'busy' | Running> {
  if (await publish(path, own, (draft) => link(draft, path).then(yes, noIf('EEXIST')))) return 'new'
  const found = await readRecord(path)
  if (found === null) return 'busy'
  const running = found === UNREADABLE ? null : await findAlive(found)
  if (running !== null) return running
  const succession = `${path}.after-${found.instanceId}`
  const right = await take(succession, own)
  if (right !== 'new' && right !== 'replaced') return 'busy'
  try {
    const current = await readRecord(path)
    if (current?.instanceId !== found.instanceId) return 'busy'
    await publish(path, own, (draft) => rename(draft, path))
    return 'replaced'
  } finally {
    await rm(succession, { force: true })
  }
}

/** Gives a whole record its name: nobody ever reads half of one. */
async function publish<Result>(
  path: string,
  record: RunRecord,
  give: (draft: string) => Promise<Result>,
): Promise<Result> {
  const draft = `${path}.${randomUUID()}.draft`
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 })
  try {
    return await give(draft)
  } finally {
    await rm(draft, { force: true })
  }
}

/** The `up` of this folder that is alive, or null. */
export async function findRunning(folder: string): Promise<Running | null> {
  const record = await readRecord(runFilePath(folder))
  return record === null || record === UNREADABLE ? null : findAlive(record)
}

async function findAlive(record: RunRecord): Promise<Running | null> {
  const { pid, controlPort, instanceId } = record
  const answer = await askControlPort(controlPort)
  if (answer === 'nobody') return null
  // Takes calls and says nothing: stopped (SIGSTOP) or starved, or a stranger on a reused port.
  if (answer === 'silent') return isAlive(pid) ? { pid, status: null } : null
  return answer.instanceId === instanceId ? { pid, status: answer } : null
}

async function release(path: string, own: RunRecord): Promise<void> {
  const current = await readRecord(path)
  if (current?.instanceId === own.instanceId) await rm(path, { force: true })
}

/** Stands for a file that cannot be understood: nobody vouches for it. */
const UNREADABLE: RunRecord = { instanceId: 'unreadable', pid: 0, controlPort: 0 }

/** null where there is no file. */
async function readRecord(path: string): Promise<RunRecord | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  try {
    const { instanceId = '', pid, controlPort } = JSON.parse(text) as Partial<RunRecord>
    // The id becomes part of a file name.
    return /^[\w-]{1,64}$/.test(instanceId) && isPositive(pid) && isPositive(controlPort)
      ? { instanceId, pid, controlPort }
      : UNREADABLE
  } catch {
    return UNREADABLE
  }
}

const isPositive = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

const yes = () => true
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const noIf = (expected: string) => (error: unknown) => {
  if (codeOf(error) === expected) return false
  throw error
}
