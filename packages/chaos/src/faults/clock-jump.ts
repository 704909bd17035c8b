import { rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadedFault } from '../fault.js'

const JUMP_MS = 3_600_000

export function createClockJump(): LoadedFault {
  const offsetFile = join(tmpdir(), `bemore-chaos-clock-${process.pid}`)
  const preload = new URL('../system/shifted-clock.js', import.meta.url)
  preload.searchParams.set('file', offsetFile)

  return {
    kind: 'loaded',
    name: 'clock-jump',
    title: 'clock jumps an hour ahead, and back',
    how: 'a module preloaded into the processes shifts `Date` by what a file says: +1 h for 20 s, then back. Not libfaketime, which would be a package of the system that nobody sees; timers and the monotonic clock go on, as they do when NTP sets a clock',
    topology: { nodeFlags: ['--import', preload.href] },
    causes: ['CLOCK_SKEWED'],
    verdicts: ['CLOCK_SKEWED'],
    holdMs: 20_000,
    quickHoldMs: 12_000,
    targets: { detectMs: 15_000, recoverMs: 10_000 },
    async inject() {
      // The processes read it to their end, which comes after the healing.
      process.once('exit', () => rmSync(offsetFile, { force: true }))
      await writeFile(offsetFile, String(JUMP_MS))
      return undefined
    },
    heal: () => writeFile(offsetFile, '0'),
  }
}
