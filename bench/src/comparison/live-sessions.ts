import type { Sql } from 'postgres'
import type { WebSocket } from 'ws'
import type { SessionRow } from './database.js'
import { LiveSession } from './live-session.js'

/** The sessions somebody is connected to, by id. */
export class LiveSessions {
  readonly #sql: Sql
  readonly #sessions = new Map<string, LiveSession>()

  constructor(sql: Sql) {
    this.#sql = sql
  }

  join(row: SessionRow, socket: WebSocket): LiveSession {
    let session = this.#sessions.get(row.id)
    if (session === undefined) {
      session = new LiveSession(row.id, row.started_at, this.#sql)
      this.#sessions.set(row.id, session)
    }
    session.join(socket)
    return session
  }

  async leave(id: string, socket: WebSocket): Promise<void> {
    if (this.#sessions.get(id)?.leave(socket) === true) await this.end(id)
  }

  async end(id: string): Promise<void> {
    const session = this.#sessions.get(id)
    this.#sessions.delete(id)
    await session?.end()
  }
}
