import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Which processors the server under test and everything else run on; null: wherever they like. */
export interface Pinning {
  readonly server: string
  readonly load: string
}

/**
 * The server gets a processor of its own and the load generator the others, so that neither slows the
 * other. PostgreSQL is started before and is free to use all.
 * @returns null where there is only one processor or no `taskset`
 */
export function planPinning(): Pinning | null {
  const allowed = allowedProcessors()
  if (allowed.length < 2 || spawnSync('taskset', ['--version']).status !== 0) return null
  const [server, ...load] = allowed
  return { server: String(server), load: load.join(',') }
}

/** Confines a process, all its threads and what it starts from now on, to these processors. */
export function pinProcess(pid: number, processors: string): void {
  const { status, stderr } = spawnSync('taskset', ['-acp', processors, String(pid)])
  if (status !== 0) throw new Error(`taskset: ${stderr.toString().trim()}`)
}

function allowedProcessors(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8')
  const list = /^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1] ?? ''
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number)
    if (first === undefined || last === undefined) return []
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
  })
}
