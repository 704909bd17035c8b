/** Of a name in the IANA database: `Asia/Seoul`, `Etc/GMT+9`, `UTC`. Offsets like `+09:00` are none. */
export const TIME_ZONE_PATTERN = '^[A-Za-z][A-Za-z0-9_+/-]{0,63}$'

/** Whether this runtime knows the time zone. */
export function isTimeZone(name: string): boolean {
  if (!new RegExp(TIME_ZONE_PATTERN).test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
