import { createDayReader, type DayReader } from '@bemore/core'
import { isTimeZone, TIME_ZONE_PATTERN } from '@bemore/protocol'
import Type from 'typebox'
import { ApiError } from '../http/api-error.js'

export const TimeZoneSchema = Type.Optional(
  Type.String({
    pattern: TIME_ZONE_PATTERN,
    description: 'Where the caller’s day begins, by its IANA name; else DEFAULT_TIME_ZONE',
    examples: ['Asia/Seoul'],
  }),
)

/** Making one costs more than a page of days. Spellings differ, so there is an end to how many are kept. */
const READERS_KEPT = 100
const kept = new Map<string, DayReader>()

/** @throws ApiError VALIDATION_FAILED where there is no such time zone */
export function readDays(timeZone: string): DayReader {
  const known = kept.get(timeZone)
  if (known !== undefined) return known
  if (!isTimeZone(timeZone)) {
    throw new ApiError('VALIDATION_FAILED', [
      { field: 'querystring/tz', problem: 'is not the name of a time zone' },
    ])
  }
  const days = createDayReader(timeZone)
  if (kept.size >= READERS_KEPT) kept.clear()
  kept.set(timeZone, days)
  return days
}
