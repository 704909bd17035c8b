import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Sql } from 'postgres'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { findSession, type SessionRow } from './database.js'
import type { LandmarksMessage } from './live-session.js'
import type { LiveSessions } from './live-sessions.js'

const PATH = /^\/ws\/(landmarks|voice|session)\/([\w-]+)$/
const MAX_MESSAGE_BYTES = 128 * 1024

type Message = LandmarksMessage | { readonly type: 'ping' }

/** Takes `/ws/{channel}/{sessionId}` on the HTTP server's port. */
export function attachSockets(server: Server, sql: Sql, sessions: LiveSessions): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const id = PATH.exec(request.url ?? '')?.[2]
    const row = id === undefined ? null : await findSession(sql, id)
    if (row === null || row.ended_at !== null) {
      socket.end(`HTTP/1.1 ${row === null ? '404 Not Found' : '410 Gone'}\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => serve(client, row))
  }

  const serve = (client: WebSocket, row: SessionRow) => {
    const session = sessions.join(row, client)
    client.on('error', () => client.terminate())
    client.on('close', () => void sessions.leave(row.id, client))
    client.on('message', (data: RawData) => {
      let message: Message
      try {
        message = JSON.parse(data.toString()) as Message
      } catch {
        client.send(JSON.stringify({ type: 'error', data: { message: 'not JSON' } }))
        return
      }
      if (message.type === 'landmarks') session.observe(message, client)
      else if (message.type === 'ping') {
        const status = { timestamp: Date.now(), sessionId: row.id, status: 'active' }
        client.send(JSON.stringify({ type: 'pong', data: status }))
      }
    })
    client.send(JSON.stringify({ type: 'connected', data: { sessionId: row.id } }))
  }

  server.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head).catch((error: unknown) => {
      console.error(error)
      socket.destroy()
    })
  })
}
