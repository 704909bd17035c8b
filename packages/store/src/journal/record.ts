/**
 * How an event lies in a journal: `u32 length | u32 crc32 | JSON`, little-endian, one after the other.
 * A record is valid as a whole or not at all, so what a crash tore off is never read as an event.
 */
import { crc32 } from 'node:zlib'
import type { QueuedEvent } from '../queue/backlog.js'

const HEADER_BYTES = 8

export interface Records {
  /** JSON of each valid record, in order. */
  readonly payloads: readonly Buffer[]
  /** Records that failed their checksum between valid ones. */
  readonly damaged: number
  /** Where the readable part ends; beyond it there is nothing, or nothing that can be told apart. */
  readonly end: number
}

/** @throws TypeError where the event cannot be written as JSON */
export function encodeRecord(event: QueuedEvent): Buffer {
  const json = JSON.stringify(event)
  const length = Buffer.byteLength(json)
  const record = Buffer.allocUnsafe(HEADER_BYTES + length)
  record.write(json, HEADER_BYTES)
  record.writeUInt32LE(length, 0)
  record.writeUInt32LE(crc32(record.subarray(HEADER_BYTES)), 4)
  return record
}

/** Finds the records of a whole segment. One that is damaged is passed over where the next is valid. */
export function findRecords(bytes: Buffer): Records {
  const payloads: Buffer[] = []
  let damaged = 0
  let at = 0
  for (;;) {
    const payload = payloadAt(bytes, at)
    if (payload !== null) {
      payloads.push(payload)
      at += HEADER_BYTES + payload.length
      continue
    }
    const next = endOfRecordAt(bytes, at)
    if (next === null || payloadAt(bytes, next) === null) return { payloads, damaged, end: at }
    damaged += 1
    at = next
  }
}

/** @returns null where the text is no event of this or any earlier form */
export function decodePayload(payload: Buffer): QueuedEvent | null {
  try {
    const value = JSON.parse(payload.toString()) as Partial<QueuedEvent> | null
    const isEvent =
      typeof value?.sessionId === 'string' &&
      typeof value.producer === 'string' &&
      Number.isSafeInteger(value.producerSeq) &&
      Number.isFinite(value.pushedAt) &&
      typeof value.event?.type === 'string'
    return isEvent ? (value as QueuedEvent) : null
  } catch {
    return null
  }
}

function payloadAt(bytes: Buffer, at: number): Buffer | null {
  const end = endOfRecordAt(bytes, at)
  if (end === null) return null
  const payload = bytes.subarray(at + HEADER_BYTES, end)
  return crc32(payload) === bytes.readUInt32LE(at + 4) ? payload : null
}

function endOfRecordAt(bytes: Buffer, at: number): number | null {
  if (at + HEADER_BYTES > bytes.length) return null
  const length = bytes.readUInt32LE(at)
  const end = at + HEADER_BYTES + length
  // Of length 0 is what a disk gives for blocks that were never written: their checksum is right.
  return length === 0 || end > bytes.length ? null : end
}
