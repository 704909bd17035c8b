/** The parts of a JSON schema an example can be read from. */
interface Schema {
  readonly examples?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
}

/**
 * A value of this schema, from the examples its parts carry. Where a part has none and cannot be
 * guessed (a pattern), the value does not fit, and the test of the document asks for one.
 */
export function exampleOf(schema: Schema): unknown {
  const given = [schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]]
  const found = given.find((value) => value !== undefined)
  if (found !== undefined) return found
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(exampleOf))
  if (schema.anyOf?.[0] !== undefined) return exampleOf(schema.anyOf[0])
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return exampleOfObject(schema.properties ?? {})
    case 'array':
      return exampleOfArray(schema)
    case 'string':
      return ''
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0)
    case 'boolean':
      return true
    default:
      return null
  }
}

function exampleOfObject(properties: Readonly<Record<string, Schema>>) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(property)]),
  )
}

function exampleOfArray({ items = {}, minItems = 1 }: Schema) {
  return Array.from({ length: Math.max(1, minItems) }, () => exampleOf(items))
}
