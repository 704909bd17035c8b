/** The load's own process: its event loop must not wait for the benchmark's, nor the reverse. */
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'
import { pace } from '../generator/pacer.js'
import { percentilesOf } from '../measure/percentiles.js'
import { HOST } from '../servers/subject.js'
import type { HttpOrder, HttpReport, Shot } from './http-orders.js'

/** What is used here of autocannon, which comes without types. */
type Autocannon = (
  options: {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly requests: readonly object[]
  },
  done: (error: Error | null, result: CannonResult) => void,
) => {
  on(
    event: 'response',
    seen: (client: object, status: number, bytes: number, ms: number) => void,
  ): void
}

interface CannonResult {
  readonly requests: { readonly average: number }
  readonly errors: number
  readonly timeouts: number
  readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>
}

/** autocannon's place for what belongs to one request. */
interface Context {
  shot?: Shot
}

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon

function cannonade(order: HttpOrder, connections: number): Promise<HttpReport> {
  const latencies: number[] = []
  return new Promise((resolve, reject) => {
    const run = autocannon(
      {
        url: `http://${HOST}:${order.port}`,
        connections,
        duration: order.durationMs / 1_000,
        requests: toRequests(order),
      },
      (error, result) => {
        if (error !== null) {
          reject(error)
          return
        }
        const { statusCodeStats, errors, timeouts } = result
        const counts = Object.entries(statusCodeStats).map(([status, { count }]) => [status, count])
        resolve({
          requestsPerSecond: result.requests.average,
          latency: percentilesOf(latencies),
          replies: Object.fromEntries([...counts, ['none', errors + timeouts]]),
        })
      },
    )
    run.on('response', (_client, _status, _bytes, ms) => latencies.push(ms))
  })
}

/** A single shot that stays the same is built once, which costs the generator least. */
function toRequests({ shots, chain }: HttpOrder): object[] {
  if (shots.length === 1 && chain === null) return [{ ...shots[0] }]
  const waiting = [...shots]
  return [
    {
      setupRequest: (defaults: object, context: Context) => {
        const shot = waiting.shift()
        if (shot === undefined) throw new Error('fewer shots than connections')
        context.shot = shot
        return { ...defaults, ...shot }
      },
      onResponse: (_status: number, body: string, { shot }: Context) => {
        if (shot !== undefined) waiting.push(chain === null ? shot : chainOn(shot, body, chain))
      },
    },
  ]
}

function chainOn(shot: Shot, reply: string, name: string): Shot {
  const { data = {} } = JSON.parse(reply) as { data?: Record<string, unknown> }
  return { ...shot, body: JSON.stringify({ [name]: data[name] }) }
}

/** For latencies beside another load: it asks evenly, whatever happens to the answers. */
async function knock(order: HttpOrder, perSecond: number): Promise<HttpReport> {
  const { port, durationMs, shots } = order
  const agent = new Agent({ keepAlive: true })
  const latencies: number[] = []
  const replies: Record<string, number> = {}
  const asked: Promise<void>[] = []
  const count = (status: string) => {
    replies[status] = (replies[status] ?? 0) + 1
  }
  const ask = ({ method, path, headers }: Shot) =>
    new Promise<void>((resolve) => {
      const begun = performance.now()
      const sent = request({ host: HOST, port, agent, method, path, headers }, (reply) => {
        reply.resume().on('end', () => {
          latencies.push(performance.now() - begun)
          count(String(reply.statusCode))
          resolve()
        })
      })
      sent.on('error', () => {
        count('none')
        resolve()
      })
      sent.end()
    })
  const send = (n: number) => asked.push(ask(shots[n % shots.length]!))
  await pace([{ perSecond, send }], durationMs)
  await Promise.all(asked)
  agent.destroy()
  const latency = percentilesOf(latencies)
  return { requestsPerSecond: (latency.count * 1_000) / durationMs, latency, replies }
}

process.once('message', (order: HttpOrder) => {
  const { load } = order
  const running =
    'connections' in load ? cannonade(order, load.connections) : knock(order, load.perSecond)
  running.then(
    (report) => process.send?.({ report, error: null }),
    (error: unknown) => process.send?.({ report: null, error: String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))
