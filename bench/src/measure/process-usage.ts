import { readFile } from 'node:fs/promises'

/** The kernel reports process times in USER_HZ, which is 100 on every Linux a Node runs on. */
const TICK_MS = 10

/**
 * CPU time of a whole process so far, ms: user and system, all threads, so garbage collection and
 * the database driver are in it. Resolution 10 ms.
 */
export async function readCpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The second field is the program's name in parentheses and may hold spaces; count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Memory of a process that is in RAM now, bytes. */
export async function readResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  if (kilobytes === undefined) throw new Error(`process ${pid} tells no resident size`)
  return Number(kilobytes) * 1024
}
