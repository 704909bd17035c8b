/**
 * A disk that is soon full, for one process's journal. As root a tmpfs of so many bytes, which says
 * ENOSPC as a real disk does; else a limit on the size of the process's files, which says EFBIG.
 */
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'

export interface SmallDisk {
  readonly kind: 'tmpfs' | 'rlimit'
  /** The command line that runs `program` with `args` under the limit. */
  wrap(program: string, args: readonly string[]): { program: string; args: readonly string[] }
  remove(): void
}

/** Block size of `ulimit -f` in a POSIX shell, bytes. */
const BLOCK = 512

export async function createSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true })
  const mounted =
    process.getuid?.() === 0 &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]).status === 0
  if (mounted) {
    return {
      kind: 'tmpfs',
      wrap: (program, args) => ({ program, args }),
      remove: () => void spawnSync('umount', ['-l', folder]),
    }
  }
  // The signal that comes with the error is ignored, or it would end the process.
  const script = `trap '' XFSZ; ulimit -f ${Math.ceil(bytes / BLOCK)}; exec "$0" "$@"`
  return {
    kind: 'rlimit',
    wrap: (program, args) => ({ program: '/bin/sh', args: ['-c', script, program, ...args] }),
    remove: () => {},
  }
}
