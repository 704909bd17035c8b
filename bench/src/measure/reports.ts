import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { HOST, type Subject } from '../servers/subject.js'
import { readCpuMs } from './process-usage.js'

/** `fresh`: 200 with the body. `unchanged`: the client has it already, 304. */
export type ReportCase = 'fresh' | 'unchanged'

export interface ReportFigures {
  readonly requestsPerSecond: number
  /** ms */
  readonly p50: number
  readonly p99: number
  /** Share of one processor that the server used: below 1, something else was the limit. */
  readonly serverCpu: number
}

/** What autocannon prints with --json, as far as it is read here. */
interface AutocannonResult {
  readonly requests: { readonly average: number; readonly total: number }
  readonly latency: { readonly p50: number; readonly p99: number }
  readonly errors: number
  readonly timeouts: number
  readonly duration: number
  readonly '2xx': number
  readonly '3xx': number
}

const CONNECTIONS = 20

/** Asks for one session's report as fast as the server answers, and sees that the answers are right. */
export async function measureReports(
  subject: Subject,
  sessionId: string,
  reportCase: ReportCase,
  durationS: number,
): Promise<ReportFigures> {
  const url = `http://${HOST}:${subject.httpPort}/api/session/${sessionId}/report`
  const etag = await readEtag(url)
  const headers = reportCase === 'fresh' ? [] : ['--headers', `If-None-Match=${etag}`]
  const before = await readCpuMs(subject.httpPid)
  const result = await runAutocannon([
    ...['--connections', String(CONNECTIONS), '--duration', String(durationS)],
    ...headers,
    url,
  ])
  const cpuMs = (await readCpuMs(subject.httpPid)) - before
  const expected = reportCase === 'fresh' ? result['2xx'] : result['3xx']
  if (result.errors + result.timeouts > 0 || expected < result.requests.total) {
    throw new Error(`${subject.name}, ${reportCase} report: ${JSON.stringify(result)}`)
  }
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    serverCpu: cpuMs / 1000 / result.duration,
  }
}

/** @returns the report's ETag */
async function readEtag(url: string): Promise<string> {
  const reply = await fetch(url)
  const body = (await reply.json()) as { data?: { timeline?: unknown[] } }
  const etag = reply.headers.get('etag')
  if (reply.status !== 200 || etag === null || body.data?.timeline?.length === undefined) {
    throw new Error(`${url} gives no report: ${reply.status}`)
  }
  return etag
}

/** In a process of its own, as a client of a server would be. */
async function runAutocannon(args: readonly string[]): Promise<AutocannonResult> {
  const entry = createRequire(import.meta.url).resolve('autocannon')
  const child = spawn(process.execPath, [entry, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let problems = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    problems += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`autocannon failed: ${problems}`)
  return JSON.parse(out) as AutocannonResult
}
