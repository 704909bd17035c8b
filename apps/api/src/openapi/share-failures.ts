import { DATABASE_FAILURES } from '../http/envelope.js'

interface Reply {
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>
}
type Replies = Record<string, Reply | { readonly $ref: string }>

export interface Paths {
  readonly [path: string]: Readonly<Record<string, { responses?: Replies }>>
}

/**
 * Most operations fail in the same ways, with the same words and examples for each: written once,
 * they are a sixth of the document instead of four fifths. Changes `paths`.
 * @returns the replies that are referred to, by their names
 */
export function shareFailures(paths: Paths): Record<string, Reply> {
  const shared: Record<string, Reply> = {}
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const [status, reply] of Object.entries(operation.responses ?? {})) {
      const codes = codesOf(reply)
      if (codes === null) continue
      const name = `${status}.${nameOf(codes)}`
      shared[name] = reply as Reply
      operation.responses = {
        ...operation.responses,
        [status]: { $ref: `#/components/responses/${name}` },
      }
    }
  }
  return shared
}

function nameOf(codes: readonly string[]): string {
  const database = new Set<string>(DATABASE_FAILURES)
  const others = codes.filter((code) => !database.has(code))
  return [...(others.length < codes.length ? ['DATABASE'] : []), ...others].join('.')
}

/** The error codes a reply may have, or null where it is no failure of the catalogue. */
function codesOf(reply: Reply | { readonly $ref: string }): string[] | null {
  if (!('content' in reply)) return null
  const schema = reply.content?.['application/json']?.schema as FailureSchema | undefined
  const code = schema?.properties?.error?.properties?.code
  return code?.anyOf?.flatMap(({ enum: values = [] }) => values) ?? code?.enum ?? null
}

interface FailureSchema {
  readonly properties?: {
    readonly error?: {
      readonly properties?: {
        readonly code?: {
          readonly anyOf?: readonly { enum?: string[] }[]
          readonly enum?: string[]
        }
      }
    }
  }
}
