import Type, { type Static } from 'typebox'

/** Who can be called right now, and a sentence that says so. Nothing may stand in its place. */
export const HotlineCardSchema = Type.Object({
  message: Type.String(),
  contacts: Type.Array(
    Type.Object({
      name: Type.String(),
      phone: Type.String(),
      hours: Type.String(),
      url: Type.Optional(Type.String()),
    }),
    { minItems: 1 },
  ),
  emergency: Type.String({ description: 'Where to call when there is danger at this moment' }),
})
export type HotlineCardView = Static<typeof HotlineCardSchema>
