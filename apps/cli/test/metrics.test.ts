import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { CAUSES, isCauseCode } from '@bemore/ops'
import { createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { WebSocket } from 'ws'
import { parse } from 'yaml'
import { metricNamesIn, parsePrometheusText, type Scrape } from './fixtures/prometheus-text.js'
import { type ServerProcess, startTwoProcesses } from './fixtures/two-processes.js'
import { until } from './fixtures/until.js'

const readOps = (name: string) =>
  readFileSync(new URL(`../../../../ops/${name}`, import.meta.url), 'utf8')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string; readonly cause: string }
  readonly annotations: { readonly summary: string; readonly runbook_url: string }
}
const { groups } = parse(readOps('prometheus-alerts.yml')) as {
  groups: { name: string; rules: Rule[] }[]
}
const rules = groups.flatMap((group) => group.rules)

interface Panel {
  readonly title: string
  readonly type: string
  readonly targets?: { readonly expr: string }[]
}
const dashboard = JSON.parse(readOps('grafana-dashboard.json')) as { panels: Panel[] }
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))

async function scrape(server: ServerProcess): Promise<Scrape> {
  const reply = await fetch(`${server.url}/metrics`)
  if (reply.status !== 200) throw new Error(`${server.url}: ${reply.status}`)
  return parsePrometheusText(await reply.text())
}

/** The sum over all samples of a metric with these labels. */
function sumOf({ samples }: Scrape, name: string, labels: Record<string, string> = {}): number {
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, of]) => sample.labels[key] === of))
    .reduce((sum, { value }) => sum + value, 0)
}

t.test('the metrics of both processes', async (t) => {
  const { url } = await createTestDatabase(t)
  const { api, realtime } = await startTwoProcesses(t, { DATABASE_URL: url })

  const started = await fetch(`${api.url}/api/session/start`, { method: 'POST' })
  const { data } = (await started.json()) as { data: { sessionId: string } }
  const { sessionId } = data
  const socketUrl = `${realtime.url.replace('http', 'ws')}/ws/landmarks/`
  const camera = new WebSocket(socketUrl + sessionId)
  t.teardown(() => camera.terminate())
  await once(camera, 'open')
  const closed = once(camera, 'close')
  const point = { x: 0.5, y: 0.5, z: 0 }
  const frame = (count: number) => {
    const points = Array.from({ length: count }, () => point)
    return JSON.stringify({ type: 'landmarks', data: points, timestamp: Date.now() })
  }
  for (let sent = 0; sent < 10; sent += 1) camera.send(frame(478))
  camera.send(frame(477))
  await until('the frames to be counted', async () => {
    return sumOf(await scrape(realtime), 'bemore_frames_received_total') === 11
  })

  t.test('count what came in, by codes and templates', async (t) => {
    const refused = new WebSocket(`${socketUrl}sess_${'x'.repeat(22)}`)
    await once(refused, 'unexpected-response')
    t.equal(
      (await fetch(`${api.url}/api/session/${sessionId}/end`, { method: 'POST' })).status,
      200,
    )
    await closed
    for (let read = 0; read < 3; read += 1) {
      t.equal((await fetch(`${api.url}/api/session/${sessionId}/report`)).status, 200)
    }
    t.equal((await fetch(`${api.url}/some/where`)).status, 404)

    const seen = await scrape(realtime)
    t.equal(sumOf(seen, 'bemore_frames_rejected_total', { problem: 'BAD_COUNT' }), 1)
    t.equal(sumOf(seen, 'bemore_sockets_opened_total', { channel: 'landmarks' }), 1)
    t.equal(sumOf(seen, 'bemore_sockets_closed_total', { code: '1000' }), 1)
    t.equal(sumOf(seen, 'bemore_sockets_open'), 0)
    t.equal(sumOf(seen, 'bemore_upgrades_refused_total', { code: 'SESSION_NOT_FOUND' }), 1)
    t.equal(sumOf(seen, 'bemore_windows_closed_total'), 1)
    t.ok(sumOf(seen, 'bemore_events_appended_total') >= 2)
    t.ok(sumOf(seen, 'bemore_events_append_duration_seconds_count', { outcome: 'appended' }) >= 1)
    t.equal(sumOf(seen, 'bemore_database_state', { state: 'reachable' }), 1)
    t.equal(sumOf(seen, 'bemore_bus_state', { state: 'listening' }), 1)

    const served = await scrape(api)
    const end = { method: 'POST', route: '/api/session/:id/end' }
    t.equal(sumOf(served, 'bemore_http_requests_total', { ...end, status: '200' }), 1)
    t.equal(sumOf(served, 'bemore_http_request_duration_seconds_count', end), 1)
    t.equal(sumOf(served, 'bemore_http_requests_total', { route: 'none', status: '404' }), 1)
    t.equal(sumOf(served, 'bemore_http_failures_total', { code: 'ROUTE_NOT_FOUND' }), 1)
    t.equal(sumOf(served, 'bemore_reports_served_total'), 3)
    t.equal(sumOf(served, 'bemore_reports_served_total', { source: 'log' }), 1)
    t.equal(sumOf(served, 'bemore_health_ready'), 1)
    t.equal(sumOf(served, 'bemore_http_requests_in_flight'), 1, 'the scrape itself')
  })

  t.test('name no session, and each metric says what it is', async (t) => {
    for (const server of [api, realtime]) {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      t.notMatch(text, /sess_/)
      const declared = [...text.matchAll(/^# TYPE (bemore_\S+)/gm)].map(([, name]) => name)
      t.ok(declared.length > 10)
      for (const name of declared) t.match(text, new RegExp(`^# HELP ${name} \\S`, 'm'))
    }
  })

  t.test('scraping leaves no access line and meets no limit', async (t) => {
    t.notMatch(api.stdout(), /"route":"\/metrics"/)
    const { headers } = await fetch(`${api.url}/metrics`)
    t.equal(headers.get('x-ratelimit-limit'), null)
    t.match(headers.get('content-type'), /^text\/plain; version=0\.0\.4/)
  })

  t.test('there is every one that the alert rules and the dashboard read', async (t) => {
    const names = new Set(['up'])
    for (const server of [api, realtime]) {
      for (const name of (await scrape(server)).names) names.add(name)
    }
    for (const expression of [...rules.map(({ expr }) => expr), ...queries]) {
      const read = metricNamesIn(expression)
      t.ok(read.length > 0, expression)
      for (const name of read) t.ok(names.has(name), `${name} of ${expression}`)
    }
  })

  t.test('the dashboard shows all that is ours', async (t) => {
    const shown = queries.join('\n')
    for (const server of [api, realtime]) {
      for (const name of (await scrape(server)).names) {
        if (!name.startsWith('bemore_') || /_(bucket|sum|count)$/.test(name)) continue
        const isElsewhere = name === 'bemore_health_status'
        t.ok(isElsewhere || shown.includes(name), name)
      }
    }
  })
})

t.test('each alert rule says how bad it is, what it is, and where to read on', async (t) => {
  t.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length, 'names are unique')
  for (const { alert, labels, annotations, for: lasting = '0s' } of rules) {
    t.match(alert, /^BeMore[A-Z]\w+$/)
    t.match(labels.severity, /^(critical|warning)$/, alert)
    t.ok(isCauseCode(labels.cause), `${alert}: ${labels.cause}`)
    t.equal(annotations.runbook_url, `docs/runbook.md#${labels.cause.toLowerCase()}`, alert)
    t.match(annotations.summary, /^\S.+\.$/, alert)
    t.match(lasting, /^\d+[smh]$/, alert)
  }
})

t.test('codes that rules pick out exist', async (t) => {
  const causes = Object.keys(CAUSES)
  for (const { expr } of rules) {
    for (const [, pattern = ''] of expr.matchAll(/bemore_health_cause\{code=~?"([^"]+)"/g)) {
      for (const each of pattern.split('|')) {
        t.ok(
          causes.some((code) => new RegExp(`^${each}$`).test(code)),
          each,
        )
      }
    }
  }
})
