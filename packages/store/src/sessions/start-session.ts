import { createHash } from 'node:crypto'
import type { Sql } from '../database/connection.js'
import type { SessionRow, StartSession } from '../store.js'
import { IdempotencyConflict } from './idempotency-conflict.js'
import { createSessionId } from './session-id.js'
import { sessionColumns } from './session-row.js'

/** What `start_session` raises where a key came with another request before. */
const KEY_REUSED = 'BM001'

/**
 * One round trip; the rules of what counts as an equal start are in `0003-start-session.sql`.
 * @throws IdempotencyConflict
 */
export async function startSession(
  sql: Sql,
  start: StartSession,
): Promise<{ session: SessionRow; created: boolean }> {
  const { idempotency, ...rest } = start
  const id = createSessionId()
  const request = {
    ...rest,
    id,
    ...(idempotency === undefined
      ? {}
      : {
          scope: idempotency.scope,
          keyHash: sha256Hex(idempotency.key),
          fingerprint: idempotency.fingerprint,
        }),
  }
  const [session] = await sql<SessionRow[]>`
    select ${sessionColumns(sql)} from start_session(${sql.json(request)})`.catch(
    (error: { code?: string }) => {
      throw error.code === KEY_REUSED ? new IdempotencyConflict({ cause: error }) : error
    },
  )
  if (session === undefined) throw new Error('start_session gave no session')
  return { session, created: session.id === id }
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
