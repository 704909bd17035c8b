import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a living process started, in the platform's own form; undefined when there is none. A pid alone
 * proves nothing: after a crash, and always in a container, it may belong to another process by now.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    return processField(pid, 'lstart')
  }
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The second field is the program's name in parentheses and may itself hold spaces and ')'.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  // A killed process stays a zombie for as long as its own parent does not collect it.
  return state === 'Z' || state === 'X' ? undefined : startTicks
}

/** A field of `ps` for one process; undefined when there is no such process. */
export function processField(pid: number, field: string): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], {
    encoding: 'utf8',
  })
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined
}
