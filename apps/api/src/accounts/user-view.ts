import type { UserRow } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { IsoTime, iso } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'

const EXAMPLE = {
  id: 'user_3vYkq0J8Zt5cWm1xPbN7Lg',
  username: '지민',
  email: 'jimin@example.com',
  profileImage: null,
  createdAt: '2026-01-05T09:30:00.000Z',
}

/** A user as that user sees it. */
export const UserSchema = Type.Object(
  {
    id: Type.String(),
    username: Type.String(),
    email: Type.String(),
    profileImage: OrNull(Type.String()),
    createdAt: IsoTime,
  },
  { examples: [EXAMPLE] },
)

export const UserReplySchema = Type.Object({ user: UserSchema })

export function viewUser({ createdAt, ...user }: UserRow): Static<typeof UserSchema> {
  return { ...user, createdAt: iso(createdAt) }
}
