import { createHash, randomBytes } from 'node:crypto'
import type { Sql } from '../database/connection.js'
import type { ErasureReceipt } from '../store.js'

const RECEIPT_ID = /^eras_[A-Za-z0-9_-]{22}$/

export const createReceiptId = (): string => `eras_${randomBytes(16).toString('base64url')}`
export const isReceiptId = (text: string): boolean => RECEIPT_ID.test(text)

/** Session ids are 128 random bits: their digest leads back to nobody who does not have the id. */
export const digestSessionId = (sessionId: string): Buffer =>
  createHash('sha256').update(sessionId).digest()

/** Columns of an `ErasureReceipt`, in its names. */
export function receiptColumns(sql: Sql) {
  return sql`
    id as "receiptId", erased_at as "erasedAt", kind,
    encode(session_sha256, 'hex') as "sessionSha256", events`
}

/** Erases one session and gives the receipt of it; null where there is no such session. */
export async function eraseSession(
  sql: Sql,
  sessionId: string,
  kind: ErasureReceipt['kind'],
): Promise<ErasureReceipt | null> {
  const [receipt] = await sql<ErasureReceipt[]>`
    with gone as (
      delete from sessions where id = ${sessionId} returning id, last_seq
    ), told as (
      select pg_notify('bemore_events', id || ':-') as sent from gone
    )
    insert into erasure_receipts (id, kind, session_sha256, events)
    select ${createReceiptId()}, ${kind}, ${digestSessionId(sessionId)}, last_seq
      from gone
     -- Reading the hint is what sends it.
     where (select count(sent) from told) >= 0
    returning ${receiptColumns(sql)}`
  return receipt ?? null
}
