import { parseArgs } from 'node:util'

export const STAGES = ['frames', 'speaking', 'idle', 'reports', 'accounts'] as const
export type Stage = (typeof STAGES)[number]

export interface BenchOptions {
  /** Microseconds a frame inside one process, no servers. */
  readonly micro: boolean
  /** A minute instead of five: good for a look, too short to quote. */
  readonly quick: boolean
  readonly json: boolean
  /** Fail when a target is missed. */
  readonly check: boolean
  readonly writeDocs: boolean
  readonly stages: readonly Stage[]
  /** Folder for CPU profiles of our processes; their figures then include the profiler. */
  readonly cpuProfileDir: string | null
  readonly help: boolean
}

export const USAGE = `npm run bench [-- options]      both servers side by side
npm run bench -- micro          decoding, the face, the voice and words alone, in µs

  --quick            shorter runs: a look, not figures to quote
  --only <stage>     ${STAGES.join(', ')}; may be given again
  --json             the figures as JSON instead of a table
  --check            exit 1 when a target is missed
  --write-docs       put the table into docs/performance.md
  --cpu-prof <dir>   V8 profiles of BeMore's processes, written when they stop
`

/** @throws Error in words for the user on an unknown option or stage. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.find((word) => word !== 'micro')
  if (unknown !== undefined) throw new Error(`there is no benchmark "${unknown}", only "micro"`)
  return {
    micro: positionals.includes('micro'),
    quick: values.quick,
    json: values.json,
    check: values.check,
    writeDocs: values['write-docs'],
    stages: values.only.length === 0 ? STAGES : values.only.map(toStage),
    cpuProfileDir: values['cpu-prof'] ?? null,
    help: values.help,
  }
}

function toStage(name: string): Stage {
  const stage = STAGES.find((known) => known === name)
  if (stage === undefined) throw new Error(`--only takes ${STAGES.join(', ')}, not "${name}"`)
  return stage
}
