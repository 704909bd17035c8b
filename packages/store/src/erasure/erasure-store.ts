import { createEvent } from '@bemore/core'
import { isSessionId } from '@bemore/protocol'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { idsOf } from '../database/rows.js'
import { transact } from '../log/transact.js'
import type { ErasureReceipt, ErasureStore } from '../store.js'
import { eraseSession, isReceiptId, receiptColumns } from './receipt.js'

export function createErasureStore(database: Database): ErasureStore {
  return {
    async session(sessionId) {
      if (!isSessionId(sessionId)) return null
      return database.query((sql) => eraseSession(sql, sessionId, 'request'))
    },
    owner: (ownerId, limit) =>
      database.transaction(async (sql) => {
        const ids = await idsOf(sql`
          select id from sessions where owner_id = ${ownerId}
           order by id limit ${limit} for update`)
        return eraseAll(sql, ids, 'owner')
      }),
    async receipt(receiptId) {
      if (!isReceiptId(receiptId)) return null
      const [receipt] = await database.query(
        (sql) => sql<ErasureReceipt[]>`
          select ${receiptColumns(sql)} from erasure_receipts where id = ${receiptId}`,
      )
      return receipt ?? null
    },
    expireData: (before, at, producer) =>
      database.transaction(async (sql) => {
        // Another process at the same work takes the next one.
        const [id] = await idsOf(sql`
          select id from sessions
           where status = 'ended' and data_erased_at is null and ended_at < ${before}
           order by ended_at limit 1 for update skip locked`)
        return id === undefined ? null : expire(sql, id, at, producer)
      }),
    expireSessions: (before, limit) =>
      database.transaction(async (sql) => {
        const ids = await idsOf(sql`
          select id from sessions
           where status = 'ended' and ended_at < ${before}
           order by ended_at limit ${limit} for update skip locked`)
        return (await eraseAll(sql, ids, 'retention')).length
      }),
  }
}

async function eraseAll(
  sql: Sql,
  sessionIds: readonly string[],
  kind: ErasureReceipt['kind'],
): Promise<ErasureReceipt[]> {
  const receipts: ErasureReceipt[] = []
  for (const sessionId of sessionIds) {
    const receipt = await eraseSession(sql, sessionId, kind)
    if (receipt !== null) receipts.push(receipt)
  }
  return receipts
}

/** @returns how many events lost their data. */
async function expire(sql: Sql, sessionId: string, at: number, producer: string): Promise<number> {
  await sql`update sessions set data_erased_at = ${at} where id = ${sessionId}`
  const { count: erased } = await sql`
    update session_events
       set data = jsonb_build_object('was', type, 'reason', 'retention'), type = 'event.erased'
     where session_id = ${sessionId} and event_modality(type) is not null`
  await transact(sql, sessionId, producer, () => [createEvent('retention.applied', at, { erased })])
  return erased
}
