import type { Access, GuardedRoute } from '../../src/plugins/access.js'
import type { Rig } from '../rig.js'
import type { JsonSchema } from './schema-values.js'

/** A route, with what its documentation says of it. */
export interface Operation {
  readonly method: string
  readonly url: string
  readonly access: Access
  readonly body: JsonSchema | null
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly schema: JsonSchema
  }[]
  /** Of JSON replies by status. */
  readonly replies: Readonly<Record<string, JsonSchema | undefined>>
  readonly isDocumented: boolean
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>
}
interface Documented {
  readonly parameters?: Operation['parameters']
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>
}

const JSON_TYPE = 'application/json'

/** Every registered route; those that are not in the document, as they are. */
export async function listOperations(rig: Rig): Promise<readonly Operation[]> {
  const { paths } = (await rig.get('/openapi.json')).json<{
    paths: Record<string, Record<string, Documented>>
  }>()
  return rig.app.guardedRoutes
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .map((route) => describe(route, paths))
}

function describe(
  { method, url, access }: GuardedRoute,
  paths: Record<string, Record<string, Documented>>,
): Operation {
  const path = url.replace(/:(\w+)/g, '{$1}')
  const documented = paths[path]?.[method.toLowerCase()]
  const replies = Object.entries(documented?.responses ?? {}).map(([status, { content }]) => [
    status,
    content?.[JSON_TYPE]?.schema,
  ])
  return {
    ...{ method, url, access },
    body: documented?.requestBody?.content?.[JSON_TYPE]?.schema ?? null,
    parameters: documented?.parameters ?? [],
    replies: Object.fromEntries(replies),
    isDocumented: documented !== undefined,
  }
}
