import type { UserRow } from '@bemore/store'
import Type, { type Static } from 'typebox'

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
    profileImage: Type.Union([Type.String(), Type.Null()]),
    createdAt: Type.String({ description: 'ISO 8601, UTC' }),
  },
  { examples: [EXAMPLE] },
)

export const UserReplySchema = Type.Object({ user: UserSchema })

export function viewUser({ createdAt, ...user }: UserRow): Static<typeof UserSchema> {
  return { ...user, createdAt: new Date(createdAt).toISOString() }
}
