import Type from 'typebox'

export const Maybe = <Schema extends Type.TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()])
export const Unit = Type.Number({ minimum: 0, maximum: 1 })
export const Signed = Type.Number({ minimum: -1, maximum: 1 })
export const Count = Type.Integer({ minimum: 0 })
export const Milliseconds = Type.Integer({ minimum: 0, description: 'ms' })
export const IsoTime = Type.String({ description: 'ISO 8601, UTC' })
export const SessionTime = Type.Integer({
  minimum: 0,
  description: 'ms since the session started',
})
export const UnixTime = Type.Integer({ description: 'Unix ms' })
