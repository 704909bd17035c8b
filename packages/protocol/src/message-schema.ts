import Type from 'typebox'

export const message = <Name extends string, Data extends Type.TSchema>(type: Name, data: Data) =>
  Type.Object({ type: Type.Literal(type), data }, { title: type })

/** A message made from an event of the session's log; `seq` is the event's number in it. */
export const eventMessage = <Name extends string, Data extends Type.TSchema>(
  type: Name,
  data: Data,
) =>
  Type.Object(
    { type: Type.Literal(type), data, seq: Type.Optional(Type.Integer({ minimum: 1 })) },
    { title: type },
  )
