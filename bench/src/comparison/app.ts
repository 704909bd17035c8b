import { randomUUID } from 'node:crypto'
import { createEvent, foldReport, type SessionEvent } from '@bemore/core'
import express, { type Express } from 'express'
import type { Sql } from 'postgres'
import { endSession, findSession, insertSession, listWindows } from './database.js'
import type { LiveSessions } from './live-sessions.js'

/** Handlers may be async: Express 5 hands what they throw to its error handler. */
export function createApp(sql: Sql, sessions: LiveSessions): Express {
  const app = express()
  app.use(express.json())

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' })
  })

  app.post('/api/session/start', async (_request, response) => {
    const session = await insertSession(sql, randomUUID())
    response.status(201).json({ success: true, data: { sessionId: session.id } })
  })

  app.post('/api/session/:id/end', async (request, response) => {
    await sessions.end(request.params.id)
    await endSession(sql, request.params.id)
    response.json({ success: true, data: { sessionId: request.params.id } })
  })

  app.get('/api/session/:id/report', async (request, response) => {
    const events = await readEvents(sql, request.params.id)
    const report = foldReport(events, null)
    if (report === null) {
      response.status(404).json({ success: false, error: { code: 'SESSION_NOT_FOUND' } })
      return
    }
    response.json({ success: true, data: report })
  })
  return app
}

/** The session as the events the report is made of. */
async function readEvents(sql: Sql, sessionId: string): Promise<SessionEvent[]> {
  const [session, windows] = await Promise.all([
    findSession(sql, sessionId),
    listWindows(sql, sessionId),
  ])
  if (session === null) return []
  const events = [
    createEvent('session.started', session.started_at.getTime(), { language: 'ko' }),
    ...windows.map(({ at, data }) =>
      createEvent('face.window', at.getTime(), { processId: 'comparison', window: data }),
    ),
    ...(session.ended_at === null
      ? []
      : [createEvent('session.ended', session.ended_at.getTime(), { reason: 'client' })]),
  ]
  return events.map((event, index) => ({ ...event, sessionId, seq: index + 1 }))
}
