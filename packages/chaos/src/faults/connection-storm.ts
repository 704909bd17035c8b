import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedFault } from '../fault.js'
import { startSessions } from '../load/load.js'
import type { StartedSession } from '../load/session-client.js'

const PER_SECOND = 500
const SECONDS = 5
const TICK_MS = 20
const HANDSHAKE_LIMIT_MS = 10_000

type Outcome = { readonly status: number; readonly tookMs: number; readonly close: () => void }

export function createConnectionStorm(): LoadedFault {
  let sessions: readonly StartedSession[] = []
  let outcomes: readonly Outcome[] = []

  return {
    kind: 'loaded',
    name: 'connection-storm',
    title: `connection storm, ${PER_SECOND}/s for ${SECONDS} s`,
    how: `${PER_SECOND * SECONDS} handshakes of as many new sessions at ${PER_SECOND} a second, beside the load; each must be met with 101, or with 429 or 503 and \`Retry-After\``,
    causes: [],
    verdicts: ['OK', 'LOOP_SLOW'],
    holdMs: 0,
    targets: { detectMs: null, recoverMs: 10_000 },
    async prepare({ system }) {
      sessions = await startSessions(system.apiUrl, PER_SECOND * SECONDS)
    },
    async inject(scene) {
      const { port } = new URL(scene.system.realtimeUrl)
      outcomes = await storm(Number(port), sessions)
      const count = (status: number) => outcomes.filter((each) => each.status === status).length
      const [opened, limited, full] = [count(101), count(429), count(503)]
      const stalled = outcomes.length - opened - limited - full
      const slowestMs = Math.max(...outcomes.map(({ tookMs }) => tookMs))
      scene.note(
        `${opened} opened, ${limited} × 429, ${full} × 503, ${stalled} without an answer, slowest ${Math.round(slowestMs)} ms`,
      )
      if (stalled > 0) scene.miss(`${stalled} handshakes without an answer`)
      return performance.now()
    },
    async heal() {
      for (const { close } of outcomes) close()
    },
  }
}

async function storm(port: number, sessions: readonly StartedSession[]): Promise<Outcome[]> {
  const pending: Promise<Outcome>[] = []
  const startedAt = performance.now()
  while (pending.length < sessions.length) {
    const due = Math.min(sessions.length, ((performance.now() - startedAt) / 1_000) * PER_SECOND)
    for (const { id } of sessions.slice(pending.length, due)) pending.push(shakeHands(port, id))
    await sleep(TICK_MS)
  }
  return Promise.all(pending)
}

/** A refusal without `Retry-After` counts as no answer: the client would not know what to do. */
function shakeHands(port: number, sessionId: string): Promise<Outcome> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const settle = (status: number, close = () => {}) =>
      resolve({ status, tookMs: performance.now() - startedAt, close })
    const request = http.get({
      host: '127.0.0.1',
      port,
      path: `/ws/${sessionId}`,
      agent: false,
      timeout: HANDSHAKE_LIMIT_MS,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    })
    request.on('upgrade', (_reply, socket) => {
      socket.on('error', () => {})
      socket.resume()
      settle(101, () => socket.destroy())
    })
    request.on('response', (reply) => {
      reply.resume()
      settle(reply.headers['retry-after'] === undefined ? 0 : (reply.statusCode ?? 0))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => settle(0))
  })
}
