/** All that a system is used for at once: sessions that stream, and REST beside them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { CHANNELS, type SocketScope } from '@bemore/protocol'
import { jsonOf, probe } from '../measure/http-probe.js'
import type { System } from '../system/system.js'
import { createFrameSource } from './frame-source.js'
import { createPlainClient } from './plain-client.js'
import { type RestLoad, startRestLoad } from './rest-load.js'
import { createResumingSession } from './resuming-session.js'
import type { SessionClient, StartedSession } from './session-client.js'

export interface Load {
  readonly clients: readonly SessionClient[]
  readonly rest: RestLoad
  stop(): Promise<void>
}

export interface LoadPlan {
  readonly sessions: number
  readonly framesPerSecond: number
}

/** Every fifth client is a plain one. */
const PLAIN_EVERY = 5
const AT_ONCE = 8
const CONNECT_TIMEOUT_MS = 30_000

/** Starts the sessions over REST and waits until every client is connected. */
export async function startLoad(system: System, plan: LoadPlan): Promise<Load> {
  const sessions = await startSessions(system.apiUrl, plan.sessions)
  const frames = createFrameSource()
  const clients = sessions.map((session, i): SessionClient => {
    const base = toSocketUrl(i % 2 === 0 ? system.apiUrl : system.realtimeUrl)
    const { framesPerSecond } = plan
    if (i % PLAIN_EVERY === 0) return createPlainClient({ session, base, frames, framesPerSecond })
    // One socket for all, or one for each as the web client has them, which many processes may share.
    const scopes: readonly SocketScope[] = i % 3 === 0 ? CHANNELS : ['all']
    return createResumingSession({ session, base, scopes, frames, framesPerSecond })
  })
  for (const client of clients) {
    client.start()
    // Spread, so that they neither connect nor send in step.
    await sleep(1_000 / plan.sessions)
  }
  const rest = startRestLoad(
    system.apiUrl,
    sessions.map(({ id }) => id),
  )
  const stop = async () => {
    for (const client of clients) client.close()
    await rest.stop()
  }
  const deadline = performance.now() + CONNECT_TIMEOUT_MS
  while (!clients.every(({ isConnected }) => isConnected)) {
    if (performance.now() > deadline) {
      await stop()
      throw new Error('the clients could not connect before any fault')
    }
    await sleep(50)
  }
  return { clients, rest, stop }
}

export async function startSessions(apiUrl: string, count: number): Promise<StartedSession[]> {
  const started: StartedSession[] = []
  while (started.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - started.length) })
    started.push(...(await Promise.all(batch.map(() => startSession(apiUrl)))))
  }
  return started
}

async function startSession(apiUrl: string): Promise<StartedSession> {
  const reply = await probe(`${apiUrl}/api/session/start`, { method: 'POST', body: {} })
  const data = jsonOf(reply)?.['data'] as { sessionId: string; startedAt: string } | undefined
  if (data === undefined) throw new Error(`a session could not be started: ${reply.status}`)
  return { id: data.sessionId, startedAt: Date.parse(data.startedAt) }
}

export const toSocketUrl = (url: string): string => url.replace(/^http/, 'ws')
