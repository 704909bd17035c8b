import { ApiError } from './api-error.js'

/** The last row of a page as the next page's starting point; opaque, so that its parts may change. */
export function encodePosition(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url')
}

/**
 * Of a list by time. The time has at most thirteen digits, which is until 2286: a year of five digits
 * would be no date to the database.
 * @param id what the id of a row looks like, without groups
 */
export function positionForm(id: string): RegExp {
  return new RegExp(`^(\\d{1,13}) (${id})$`)
}

/**
 * @param form of the parts, each a group
 * @throws ApiError VALIDATION_FAILED where the text is no cursor of this list
 */
export function decodePosition(cursor: string, form: RegExp): readonly string[] {
  const found = form.exec(Buffer.from(cursor, 'base64url').toString())
  if (found !== null) return found.slice(1)
  const problem = 'is not a cursor of this list'
  throw new ApiError('VALIDATION_FAILED', [{ field: 'querystring/cursor', problem }])
}

/** Cuts what was read, one row more than a page, to the page and the cursor of the next. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  position: (last: Row) => readonly (string | number)[],
): { readonly page: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  return { page, nextCursor: more ? encodePosition(...position(last)) : null }
}
