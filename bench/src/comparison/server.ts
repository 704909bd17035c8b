/**
 * What BeMore is measured against: the server one would write for the same clients with Express, ws
 * and JSON.parse; one process, one PostgreSQL. It does the same work a frame (the same face engine,
 * live estimates and windows) and gives the same report, so that what differs is the server. It is
 * good ordinary code: nothing in it is slow on purpose, and it is spared what BeMore does besides
 * (event log, hints, rate limits, CORS, security headers, health, metrics, ownership).
 */
import { createServer } from 'node:http'
import { readApiConfig } from '@bemore/ops'
import postgres from 'postgres'
import { createApp } from './app.js'
import { createTables } from './database.js'
import { LiveSessions } from './live-sessions.js'
import { attachSockets } from './sockets.js'

const { databaseUrl, host, port } = readApiConfig(process.env)
const sql = postgres(databaseUrl, { max: 10, onnotice: () => {} })
await createTables(sql)
const sessions = new LiveSessions(sql)
const server = createServer(createApp(sql, sessions))
attachSockets(server, sql, sessions)
server.listen(port, host)

process.once('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  void sql.end({ timeout: 5 }).then(() => process.exit(0))
})
