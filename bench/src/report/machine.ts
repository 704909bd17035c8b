import { cpus, loadavg, totalmem } from 'node:os'
import type { Pinning } from '../servers/pinning.js'

/** What a figure cannot be read without. */
export interface RunConditions {
  readonly machine: string
  readonly node: string
  readonly pinning: string
  /** Processors that others kept busy in the minute before: latencies suffer first. */
  readonly otherLoad: number
  readonly date: string
  readonly command: string
}

/** To be called before the load begins. */
export function describeRun(pinning: Pinning | null, argv: readonly string[]): RunConditions {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return {
    machine: `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${gigabytes} GB, ${process.platform}`,
    node: process.version,
    pinning:
      pinning === null
        ? 'not pinned'
        : `each server on processor ${pinning.server}, the generator on ${pinning.load}, PostgreSQL on any`,
    otherLoad: loadavg()[0] ?? Number.NaN,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...(argv.length === 0 ? [] : ['--', ...argv])].join(' '),
  }
}
