import Type from 'typebox'

/** Where there may be nothing to say: null says so, a field that is left out does not. */
export const OrNull = <Schema extends Type.TSchema>(schema: Schema, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description })
