import Type from 'typebox'

/** A time as all replies have it. */
export const IsoTime = Type.String({
  description: 'ISO 8601, UTC',
  examples: ['2026-01-05T09:30:00.000Z'],
})

export function iso(unixMs: number): string {
  return new Date(unixMs).toISOString()
}

export function isoOrNull(unixMs: number | null): string | null {
  return unixMs === null ? null : iso(unixMs)
}
