import { CLOSE_CODES } from '@bemore/protocol'
import postgres from 'postgres'
import { WebSocket } from 'ws'
import type { LoadedFault } from '../fault.js'
import { startSessions, toSocketUrl } from '../load/load.js'

/** 1,000 a second, all of which are answered. */
const ASK_EVERY_MS = 20
const ASKED_AT_ONCE = 20
const SLOW_CONSUMERS = 4

export function createSlowConsumer(): LoadedFault {
  let ids: readonly string[] = []
  let stops: readonly (() => void)[] = []

  return {
    kind: 'loaded',
    name: 'slow-consumer',
    title: 'slow consumer',
    how: 'four more clients ask `get_status` 1,000 times a second each and read nothing; CONTROL_MESSAGES_PER_SECOND is raised for it. The kernel takes some megabytes of answers before the process sees that nobody reads, and that is most of the time to the detection',
    topology: { env: { CONTROL_MESSAGES_PER_SECOND: '1000' } },
    causes: [],
    verdicts: ['OK'],
    holdMs: 15_000,
    quickHoldMs: 10_000,
    targets: { detectMs: 60_000, recoverMs: 5_000 },
    async inject({ system }) {
      const sessions = await startSessions(system.apiUrl, SLOW_CONSUMERS)
      ids = sessions.map(({ id }) => id)
      const base = toSocketUrl(system.realtimeUrl)
      stops = ids.map((id) => floodWithoutReading(`${base}/ws/session/${id}`))
      return undefined
    },
    async detect({ system }) {
      if (ids.length === 0) return null
      const { code } = CLOSE_CODES.slowConsumer
      const sql = postgres(system.databaseUrl, { max: 1 })
      try {
        const closed = await sql`
          select 1 from session_events where type = 'channel.closed' and session_id in ${sql(ids)}
             and (data->>'code')::int = ${code}`
        return closed.length >= ids.length ? `close ${code}` : null
      } finally {
        await sql.end({ timeout: 5 })
      }
    },
    async heal() {
      for (const stop of stops) stop()
    },
  }
}

function floodWithoutReading(url: string): () => void {
  const socket = new WebSocket(url)
  socket.on('error', () => {})
  let timer: NodeJS.Timeout | undefined
  socket.on('open', () => {
    socket.pause()
    timer = setInterval(() => {
      for (let i = 0; i < ASKED_AT_ONCE; i++) socket.send('{"type":"get_status"}')
    }, ASK_EVERY_MS)
  })
  return () => {
    clearInterval(timer)
    socket.terminate()
  }
}
