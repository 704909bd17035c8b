import type {
  AccountFigures,
  AccountResult,
  AccountResults,
  SharedFigures,
} from '../accounts/stage.js'
import { medianOf, type Percentiles } from '../measure/percentiles.js'
import { renderMarkdown, toText } from './markdown.js'

export interface AccountRow {
  readonly name: string
  readonly status: number
  readonly requestsPerSecond: number
  readonly cpuMicros: number
  readonly p50: number
  readonly p97: number
  readonly p99: number
  /** Processor time a request beside that of another row. */
  readonly ratio: { readonly times: number; readonly beside: string } | null
  readonly atMost: number | null
  readonly met: boolean | null
}

/** Medians of the rounds; ratios of neighbours are made round by round first, as they were measured. */
export function toAccountRows({ cases }: AccountResults): AccountRow[] {
  return cases.map(({ of, rounds }, index) => {
    const middle = (pick: (figures: AccountFigures) => number) => medianOf(rounds.map(pick))
    const other = of.beside === undefined ? undefined : findBefore(cases, index, of.beside)
    const ratio =
      other === undefined
        ? null
        : {
            times: medianOf(
              rounds.map(({ cpuMicros }, n) => cpuMicros / other.rounds[n]!.cpuMicros),
            ),
            beside: other.of.name,
          }
    const { name, status, atMost = null } = of
    return {
      ...{ name, status, ratio, atMost },
      requestsPerSecond: middle((each) => each.requestsPerSecond),
      cpuMicros: middle((each) => each.cpuMicros),
      p50: middle(({ latency }) => latency.p50),
      p97: middle(({ latency }) => latency.p97),
      p99: middle(({ latency }) => latency.p99),
      met: ratio === null || atMost === null ? null : ratio.times <= atMost,
    }
  })
}

function findBefore(
  cases: readonly AccountResult[],
  index: number,
  name: string,
): AccountResult | undefined {
  return cases.slice(0, index).findLast(({ of }) => of.name === name)
}

const HEADINGS = [
  ...['', 'status', 'requests/s', 'CPU-µs', 'p50 ms', 'p97.5 ms', 'p99 ms', 'CPU-µs beside'],
]

export function renderAccounts(results: AccountResults): string {
  const rows = toAccountRows(results).map((row) => [
    row.name,
    String(row.status),
    toText(row.requestsPerSecond),
    toText(row.cpuMicros),
    ...[row.p50, row.p97, row.p99].map(toText),
    toRatioText(row),
  ])
  const table = renderMarkdown(HEADINGS, rows, (column) => column >= 1 && column <= 6)
  return `${table}\n\n${renderShared(results)}`
}

function toRatioText({ ratio, atMost, met }: AccountRow): string {
  if (ratio === null) return '–'
  const target = atMost === null ? '' : ` (≤ ${atMost}: ${met ? 'yes' : 'NO'})`
  return `${ratio.times.toFixed(2)}× ${ratio.beside}${target}`
}

function renderShared({ alone, beside }: AccountResults): string {
  const toCells = (name: string, rounds: readonly SharedFigures[]) => {
    const middle = (pick: (latency: Percentiles) => number) =>
      toText(medianOf(rounds.map(({ report }) => pick(report))))
    return [
      name,
      toText(medianOf(rounds.map(({ loginsPerSecond }) => loginsPerSecond))),
      ...[middle(({ p50 }) => p50), middle(({ p97 }) => p97), middle(({ p99 }) => p99)],
    ]
  }
  const rows = [
    toCells('one’s own report, 200 a second evenly', alone),
    toCells('the same, while as many sign in as can', beside),
  ]
  const headings = ['', 'logins/s', 'p50 ms', 'p97.5 ms', 'p99 ms']
  return renderMarkdown(headings, rows, (column) => column > 0)
}
