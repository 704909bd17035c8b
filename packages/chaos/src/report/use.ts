/** "What users saw", in words made of what was measured. */
import type { Outage } from '../load/client-tally.js'
import type { RestTally } from '../load/rest-load.js'
import type { SessionClient } from '../load/session-client.js'
import type { Account } from '../measure/ledger.js'

export function describeUse(
  clients: readonly SessionClient[],
  rest: RestTally,
  injectedMs: number,
  account: Account,
): string[] {
  const words: string[] = []
  const of = (kind: SessionClient['kind']) => clients.filter((client) => client.kind === kind)
  words.push(...describeOutages('SDK', of('resuming'), injectedMs))
  words.push(...describeOutages('web', of('plain'), injectedMs))
  if (words.length === 0) words.push('no socket dropped')
  if (rest.refused > 0) {
    const codes = [...rest.codes.keys()].sort().join(', ')
    words.push(`REST 503 ${codes} within ${Math.round(rest.slowestRefusalMs)} ms`)
  }
  if (rest.failed > 0) {
    words.push([...rest.failures].map(([what, count]) => `${count} × ${what}`).join(', '))
  }
  if (rest.refused === 0 && rest.failed === 0) {
    words.push(`REST answered, slowest ${Math.round(rest.slowestMs)} ms`)
  }
  if (account.announcedLost > 0) words.push(`gap of ${account.announcedLost} frames announced`)
  return words
}

function describeOutages(
  name: string,
  clients: readonly SessionClient[],
  injectedMs: number,
): string[] {
  const outages = clients.flatMap(({ tally }) =>
    tally.outages.filter(({ fromMs }) => fromMs >= injectedMs),
  )
  if (outages.length === 0) return []
  const longest = Math.max(...outages.map(lengthOf))
  const open = outages.filter(({ toMs }) => toMs === null).length
  const back =
    open > 0 ? `${open} never came back` : `back within ${(longest / 1_000).toFixed(1)} s`
  return [`${outages.length} ${name} sockets dropped, ${back}`]
}

const lengthOf = ({ fromMs, toMs }: Outage) => (toMs ?? performance.now()) - fromMs
