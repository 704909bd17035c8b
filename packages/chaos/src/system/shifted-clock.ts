/**
 * Preloaded into a process of the product (`node --import …?file=…`): its `Date` runs as far off as
 * the file says, ms. Only the wall clock: timers and `performance.now` are monotonic on a real host too.
 */
import { readFileSync } from 'node:fs'

const READ_EVERY_MS = 100
const file = new URL(import.meta.url).searchParams.get('file') ?? ''
const RealDate = Date
const realNow = Date.now
const shift = { byMs: 0 }

class ShiftedDate extends RealDate {
  constructor(...args: readonly unknown[]) {
    if (args.length === 0) super(realNow() + shift.byMs)
    else super(...(args as [number]))
  }

  static override now(): number {
    return realNow() + shift.byMs
  }
}
globalThis.Date = ShiftedDate as DateConstructor

setInterval(() => {
  try {
    shift.byMs = Number(readFileSync(file, 'utf8'))
  } catch {
    // Not written yet.
  }
}, READ_EVERY_MS).unref()
