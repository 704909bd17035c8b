import Type from 'typebox'
import { OrNull } from '../http/or-null.js'

export const ProcessIdSchema = Type.String({
  description: 'As GET /api/admin/processes and `listening` in its log have it',
  examples: ['5b1b8a5e-6f43-4c0e-9a52-0f5f7f2d1c9a'],
})

export const NextCursorSchema = OrNull(Type.String(), 'For the next page; null on the last')

/** Of every list: how many, and from where. */
export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 100, description: 'nextCursor of a page' })),
}

/** The security of all operations of the operator, as OpenAPI has it. */
export const ADMIN_ONLY = 'Wants `Authorization: Bearer <ADMIN_TOKEN>`.'
