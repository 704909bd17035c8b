/**
 * Days as a person has them. They are compared by name and never by their first moment: where clocks
 * are set at midnight a day may begin twice, or at one.
 */
export interface DayReader {
  /** The day of a moment (Unix ms), as `2026-01-05`. */
  dayOf(at: number): string
}

const DAY_MS = 86_400_000
const MONDAY = 1

/** @param timeZone a name of the IANA database. @throws RangeError where it is none. */
export function createDayReader(timeZone: string): DayReader {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  })
  return {
    dayOf(at) {
      // A third of the cost of its parts, and statistics ask it of a thousand sessions.
      const [month, day, year] = format.format(at).split('/')
      return `${year}-${month}-${day}`
    },
  }
}

/** The day so many days after another; before it, where they are negative. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The Monday of the week a day is in (ISO 8601). */
export function mondayOf(day: string): string {
  const weekday = new Date(Date.parse(day)).getUTCDay()
  return shiftDay(day, -((weekday + 7 - MONDAY) % 7))
}
