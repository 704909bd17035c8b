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

/** @throws ApiError VALIDATION_FAILED where there is no such time zone */
export function readDays(timeZone: string): DayReader {
  if (!isTimeZone(timeZone)) {
    throw new ApiError('VALIDATION_FAILED', [
      { field: 'querystring/tz', problem: 'is not the name of a time zone' },
    ])
  }
  return createDayReader(timeZone)
}
