import { isSessionId } from '@bemore/protocol'

/** The last row of a page, as the next page's starting point. */
export interface ListPosition {
  readonly startedAt: number
  readonly id: string
}

/** Opaque to clients, so that what it is made of may change. */
export function encodeCursor({ startedAt, id }: ListPosition): string {
  return Buffer.from(`${startedAt} ${id}`).toString('base64url')
}

/** @returns null where the text is no cursor of ours */
export function decodeCursor(text: string): ListPosition | null {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ')
  if (!/^\d{1,15}$/.test(time) || !isSessionId(id)) return null
  return { startedAt: Number(time), id }
}
