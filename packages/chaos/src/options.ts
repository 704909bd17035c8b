import { parseArgs } from 'node:util'
import type { Fault } from './fault.js'
import { listFaults } from './faults/catalogue.js'

export interface ChaosOptions {
  readonly faults: readonly Fault[]
  readonly sessions: number
  readonly framesPerSecond: number
  readonly quick: boolean
  readonly list: boolean
  readonly json: boolean
  readonly writeDocs: boolean
  readonly help: boolean
}

export const USAGE = `npm run chaos [-- options]   every fault, injected into real processes under load

  --only <names>     of these faults only (with commas, or given again)
  --sessions <n>     sessions that stream meanwhile; 100
  --fps <n>          frames a second of each; 5
  --quick            shorter outages: a look, not the figures of the docs
  --list             the faults and how each is injected
  --json             the rows as JSON instead of a table
  --write-docs       put the table into docs/reliability.md
  --old <folder>     a built checkout of an earlier commit, for the rolling deploy

Exit code 1 when a target is missed, which the table marks.
`

const MOST_SESSIONS = 2_000

/** @throws Error in words for the user */
export function parseOptions(argv: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      sessions: { type: 'string', default: '100' },
      fps: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      old: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const faults = listFaults(values.old ?? null)
  const names = values.only.flatMap((list) => list.split(',')).filter((name) => name !== '')
  if (values['write-docs'] && names.length > 0) {
    throw new Error('--write-docs takes the whole table, not some of its rows')
  }
  return {
    faults: names.length === 0 ? faults : names.map((name) => findFault(faults, name)),
    sessions: readCount('--sessions', values.sessions, MOST_SESSIONS),
    framesPerSecond: readCount('--fps', values.fps, 60),
    quick: values.quick,
    list: values.list,
    json: values.json,
    writeDocs: values['write-docs'],
    help: values.help,
  }
}

function findFault(faults: readonly Fault[], name: string): Fault {
  const fault = faults.find((known) => known.name === name)
  if (fault === undefined) {
    throw new Error(`there is no fault "${name}": ${faults.map((known) => known.name).join(', ')}`)
  }
  return fault
}

function readCount(option: string, text: string, most: number): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new Error(`${option} takes a whole number from 1 to ${most}, not "${text}"`)
  }
  return count
}
