// A pid alone proves nothing: after a crash, and always in a container, it may belong to another
// process by now. Together with the moment the process started it is unmistakable.
import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'

/** When a living process started, in the platform's own form; undefined when there is none. */
export function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    return psField(pid, 'lstart')
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

/** Whether the process is the postmaster of this PGDATA: it always works inside it. */
export function isPostmasterOf(pid: number, dataFolder: string): boolean {
  if (process.platform !== 'linux') {
    return psField(pid, 'command')?.includes(dataFolder) ?? false
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder)
  } catch {
    return false
  }
}

function psField(pid: number, field: string): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], {
    encoding: 'utf8',
  })
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined
}
