import t from 'tap'
import { Check } from 'typebox/value'
import { createRig } from './rig.js'

interface Reply {
  description?: string
  content?: Record<
    string,
    { schema: { examples?: unknown[] }; example?: unknown; examples?: object }
  >
}

interface Operation {
  operationId?: string
  requestBody?: Required<Pick<Reply, 'content'>>
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; schema: object; description?: string }[]
  responses: Record<string, Reply & { $ref?: string }>
}

t.test('the OpenAPI document', async (t) => {
  const rig = await createRig(t)
  const spec = (await rig.get('/openapi.json')).json<{
    openapi: string
    tags: { name: string }[]
    paths: Record<string, Record<string, Operation>>
    components: { responses: Record<string, Reply> }
  }>()
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method} ${path}`,
      operation,
    })),
  )

  /** Failures are written once and referred to. */
  const resolve = (reply: Reply & { $ref?: string }): Reply =>
    reply.$ref === undefined
      ? reply
      : (spec.components.responses[reply.$ref.replace('#/components/responses/', '')] ?? {})

  t.test('has every operation of the API and no other', async (t) => {
    t.match(spec.openapi, /^3\.1/)
    t.strictSame(operations.map(({ name }) => name).sort(), [
      'delete /api/auth/account',
      'delete /api/session/{id}',
      'get /',
      'get /api/admin/audit',
      'get /api/admin/errors',
      'get /api/admin/incidents',
      'get /api/admin/processes',
      'get /api/admin/sessions',
      'get /api/auth/export',
      'get /api/auth/me',
      'get /api/dashboard/summary',
      'get /api/erasure/{receiptId}',
      'get /api/health',
      'get /api/monitoring/error-stats',
      'get /api/monitoring/health',
      'get /api/session',
      'get /api/session/stats/summary',
      'get /api/session/{id}',
      'get /api/session/{id}/consent',
      'get /api/session/{id}/emotions/timeline',
      'get /api/session/{id}/export',
      'get /api/session/{id}/report',
      'get /api/session/{id}/report.html',
      'get /api/session/{id}/report/csv',
      'get /api/session/{id}/report/narrative',
      'get /api/session/{id}/report/pdf',
      'get /api/session/{id}/report/summary',
      'get /api/session/{id}/summary',
      'get /api/user/preferences',
      'get /health',
      'get /livez',
      'get /readyz',
      'post /api/admin/processes/{processId}/drain',
      'post /api/analytics/alert',
      'post /api/analytics/vitals',
      'post /api/auth/login',
      'post /api/auth/logout',
      'post /api/auth/refresh',
      'post /api/auth/signup',
      'post /api/emotion',
      'post /api/session/batch-tick',
      'post /api/session/devices/check',
      'post /api/session/start',
      'post /api/session/{id}/end',
      'post /api/session/{id}/feedback',
      'post /api/session/{id}/pause',
      'post /api/session/{id}/resume',
      'post /api/session/{id}/tick',
      'post /api/session/{id}/utterances',
      'post /api/stt/transcribe',
      'put /api/auth/password',
      'put /api/auth/profile',
      'put /api/session/{id}/consent',
      'put /api/user/preferences',
    ])
  })

  t.test('says of each what it does, takes and answers', async (t) => {
    const tags = new Set(spec.tags.map(({ name }) => name))
    for (const { name, operation } of operations) {
      t.ok(operation.summary, `${name} has a summary`)
      t.ok(operation.tags?.length === 1 && tags.has(operation.tags[0] ?? ''), `${name} has its tag`)
      const parameters = operation.parameters?.filter(({ in: place }) => place === 'path') ?? []
      t.equal(parameters.length, name.split('{').length - 1, `${name} names its path parameters`)
      const answers = Object.entries(operation.responses)
      t.ok(
        answers.some(([status]) => status.startsWith('2')),
        `${name} can succeed`,
      )
      for (const [status, reply] of answers) {
        const { description, content } = resolve(reply)
        t.ok(description && description !== 'Default Response', `${name} describes ${status}`)
        if (status !== '304')
          t.ok(Object.keys(content ?? {}).length === 1, `${name} ${status} has a body`)
      }
      if (name.includes('/api/session')) {
        for (const status of ['429', '500', '503'])
          t.ok(operation.responses[status], `${name} ${status}`)
      }
    }
  })

  t.test('names each of them once', async (t) => {
    const ids = operations.map(({ operation }) => operation.operationId)
    t.equal(new Set(ids).size, operations.length)
    for (const id of ids) t.match(id, /^(get|post|put|delete|patch)[A-Z][A-Za-z0-9]+$/)
  })

  t.test('shows what each takes and what it answers', async (t) => {
    for (const { name, operation } of operations) {
      const successes = Object.entries(operation.responses).filter(([status]) => status[0] === '2')
      const shown = [...successes.map(([, reply]) => reply), operation.requestBody ?? {}]
      for (const media of shown.flatMap(({ content }) => Object.values(content ?? {}))) {
        const examples = media.example ?? media.examples ?? media.schema.examples
        t.ok(examples !== undefined, `${name} has an example of everything`)
      }
    }
  })

  t.test('has examples that fit their schemas', async (t) => {
    const found = collectExamples(spec)
    t.ok(found.length > 20, `${found.length} examples`)
    for (const { schema, example } of found) t.ok(Check(schema, example), JSON.stringify(example))
  })
})

/** Every schema with examples, wherever it is; media types keep theirs beside the schema. */
function collectExamples(node: unknown): { schema: object; example: unknown }[] {
  if (node === null || typeof node !== 'object') return []
  const { examples, example, schema } = node as Record<string, unknown>
  const owner = (schema ?? node) as object
  const listed = Array.isArray(examples)
    ? examples
    : Object.values(examples ?? {}).map((entry) => (entry as { value: unknown }).value)
  const own = [...listed, ...(example === undefined ? [] : [example])]
  return [
    ...own.map((value) => ({ schema: owner, example: value })),
    ...Object.values(node).flatMap(collectExamples),
  ]
}
