import { readlinkSync, realpathSync } from 'node:fs'
import { processField } from '@bemore/ops'

/** Whether the process is the postmaster of this PGDATA: it always works inside it. */
export function isPostmasterOf(pid: number, dataFolder: string): boolean {
  if (process.platform !== 'linux') {
    return processField(pid, 'command')?.includes(dataFolder) ?? false
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder)
  } catch {
    return false
  }
}
