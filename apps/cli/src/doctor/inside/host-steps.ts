import { access, constants, statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { Fault } from '../fault.js'
import { localized, verbatim } from '../localized.js'
import { codeOf } from '../path-probes.js'
import type { Step } from '../step.js'
import type { HostEvidence } from './host-evidence.js'

const MIB = 1_048_576
/** About what one process takes before it has anything to do. */
const LEAST_MEMORY_BYTES = 128 * MIB
const LEAST_DISK_BYTES = 128 * MIB

export const MEMORY_STEP: Step<HostEvidence> = {
  id: 'memory',
  title: localized('Memory', '메모리'),
  weight: 1,
  needs: [],
  async run() {
    // Newer Node counts what the container may still have.
    const free = process.availableMemory?.() ?? freemem()
    const total = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
    const detail = localized(
      `${inMib(free)} of ${inMib(total)} available`,
      `${inMib(total)} 중 ${inMib(free)} 사용 가능`,
    )
    if (free < LEAST_MEMORY_BYTES) throw new Fault('MEMORY_HIGH', detail)
    return { detail }
  },
}

/** What JOURNAL_DIR says where there is to be none. */
const OFF = 'off'

/** The folder that holds windows while the database is away; made by the process where it is absent. */
export const JOURNAL_STEP: Step<HostEvidence> = {
  id: 'journal',
  title: localized('Journal folder', '저널 폴더'),
  weight: 1,
  needs: ['configuration'],
  async run({ realtime, cwd }) {
    const journalDir = realtime?.journalDir ?? OFF
    if (journalDir === OFF) {
      return { detail: localized('off: events wait in memory', '꺼짐: 이벤트는 메모리에 보관') }
    }
    const folder = resolve(cwd, journalDir)
    const existing = await nearestExisting(folder)
    try {
      await access(existing, constants.W_OK | constants.X_OK)
      // With a slash at its end the name of a file is refused as no folder.
      await access(`${existing}/`)
    } catch (error) {
      throw new Fault('JOURNAL_UNWRITABLE', verbatim(`${existing}: ${codeOf(error)}`))
    }
    const { bavail, bsize } = await statfs(existing)
    const free = bavail * bsize
    const detail = localized(`${folder}, ${inMib(free)} free`, `${folder}, 여유 ${inMib(free)}`)
    if (free < LEAST_DISK_BYTES) throw new Fault('JOURNAL_UNWRITABLE', detail)
    return { detail }
  },
}

async function nearestExisting(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const isThere = await access(at).then(
      () => true,
      () => false,
    )
    if (isThere || at === dirname(at)) return at
  }
}

function inMib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`
}
