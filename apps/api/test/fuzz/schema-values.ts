import fc from 'fast-check'
import { hostileValues } from './hostile-values.js'

/** As much of a JSON schema as the API's own have. */
export interface JsonSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly examples?: readonly unknown[]
}

type Values = fc.Arbitrary<unknown>

/** What fits a schema, its edges more often than chance has them. */
export function fitting(schema: JsonSchema): Values {
  const { examples = [] } = schema
  const made = madeFrom(schema)
  return examples.length === 0
    ? made
    : fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...examples) },
        { weight: 2, arbitrary: made },
      )
}

function madeFrom(schema: JsonSchema): Values {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting))
  switch (schema.type) {
    case 'string':
      return textFor(schema)
    case 'integer':
      return fc.oneof(
        fc.integer({
          min: schema.minimum ?? -5,
          max: Math.min(schema.maximum ?? 1e6, 2 ** 31 - 1),
        }),
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? Number.MAX_SAFE_INTEGER),
      )
    case 'number':
      return fc.oneof(
        fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true }),
        fc.constantFrom(schema.minimum ?? -0, schema.maximum ?? 1e308),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 4, 4) })
    case 'object':
      return objectFor(schema)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function textFor({ pattern, maxLength = 2_000 }: JsonSchema): Values {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const longest = fc
    .constantFrom('a', '글', '👋🏽')
    .map((text) => text.repeat(maxLength / text.length))
  return fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 60) }) },
    { weight: 1, arbitrary: longest },
  )
}

function objectFor({ properties = {}, required = [] }: JsonSchema): Values {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, fitting(field)]),
  )
  const requiredKeys = required.filter((name) => name in fields)
  return fc.record(fields, { requiredKeys }) as Values
}

interface Blow {
  /** Where: which key, or item, at each level. */
  readonly path: readonly number[]
  readonly deed: 'replace' | 'remove' | 'wrap' | 'add'
  readonly name: string
  readonly value: unknown
}

const blows: fc.Arbitrary<Blow> = fc.record({
  path: fc.array(fc.nat(20), { maxLength: 3 }),
  deed: fc.constantFrom('replace', 'replace', 'remove', 'wrap', 'add'),
  name: fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'id',
    'userId',
    'ownerId',
    'a\u0000b',
    '',
  ),
  value: hostileValues,
})

/** What nearly fits: one field alone that is something else, or a fitting value after some blows. */
export function around(schema: JsonSchema): Values {
  const oneOff = Object.keys(schema.properties ?? {}).map((name) =>
    fc
      .tuple(fitting(schema), hostileValues)
      .map(([value, other]) => ({ ...(value as object), [name]: other })),
  )
  const struck = fc
    .tuple(fitting(schema), fc.array(blows, { maxLength: 3 }))
    .map(([value, all]) => all.reduce(strike, value))
  return fc.oneof(struck, ...oneOff)
}

function strike(value: unknown, { path, ...blow }: Blow): unknown {
  const [at, ...deeper] = path
  if (at === undefined || value === null || typeof value !== 'object') return hit(value, blow)
  const entries = Object.entries(value)
  if (entries.length === 0) return hit(value, blow)
  const chosen = at % entries.length
  if (blow.deed === 'remove' && deeper.length === 0) entries.splice(chosen, 1)
  else {
    const [name, inner] = entries[chosen] as [string, unknown]
    entries[chosen] = [name, strike(inner, { ...blow, path: deeper })]
  }
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
}

function hit(value: unknown, { deed, name, value: other }: Omit<Blow, 'path'>): unknown {
  if (deed === 'wrap') return [value]
  if (deed !== 'add' || value === null || typeof value !== 'object') return other
  if (Array.isArray(value)) return [...value, other]
  // As an own key, whatever it is called.
  return Object.fromEntries([...Object.entries(value), [name, other]])
}
