import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLOSE_CODES, ERRORS, type ErrorCode, KOREAN_EXPLANATIONS } from '@bemore/protocol'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { describeOperation } from '../src/openapi/describe-operation.js'
import { ROOT, renderApiDocs } from './api-docs.js'
import { createRig, errorOf } from './rig.js'

const CODES = Object.keys(ERRORS) as ErrorCode[]

t.test('what is written of the API is what the code says', async (t) => {
  const documents = await renderApiDocs()
  for (const [path, text] of Object.entries(documents)) {
    const written = readFileSync(join(ROOT, path), 'utf8')
    t.ok(written === text, `${path} is stale: run \`npm run docs:api\` and commit it`)
  }

  t.test('and the document of REST is one of OpenAPI 3.1', async (t) => {
    const validator = new Validator()
    const document = JSON.parse(documents['docs/openapi.json'] ?? '')
    const { valid, errors } = await validator.validate(document)
    t.ok(valid, JSON.stringify(errors)?.slice(0, 1_000))
    t.equal(validator.version, '3.1')
    t.notOk((await new Validator().validate({ ...document, info: {} })).valid)
  })
})

t.test('who may call an operation follows from its route', async (t) => {
  const securityOf = (access: string) => {
    const route = { method: 'GET', url: '/api/thing', config: { access } }
    const described = describeOperation({
      ...{ schema: {}, url: route.url },
      route: route as unknown as Parameters<typeof describeOperation>[0]['route'],
    })
    return (described.schema as { security?: unknown }).security
  }
  t.same(securityOf('open'), [])
  t.same(securityOf('session'), [{}, { accessToken: [] }])
  t.same(securityOf('user'), [{ accessToken: [] }])
  t.same(securityOf('admin'), [{ adminToken: [] }])
})

t.test('the API says what it is', async (t) => {
  const rig = await createRig(t)

  t.test('its sockets, as they are written', async (t) => {
    const { info, ...served } = (await rig.get('/asyncapi.json')).json()
    const { info: _, ...written } = JSON.parse(
      readFileSync(join(ROOT, 'docs/asyncapi.json'), 'utf8'),
    )
    t.same(served, written)
    t.equal(info.version, '0.0.0-test')
  })

  t.test('a page for every error, in both languages, and a list of them', async (t) => {
    const list = (await rig.get('/docs/errors')).body
    for (const code of CODES) {
      const { message, status } = ERRORS[code]
      t.ok(list.includes(`href="/docs/errors/${code}"`), `${code} is listed`)
      const page = await rig.get(`/docs/errors/${code}`)
      t.equal(page.statusCode, 200)
      t.match(page.headers['content-type'], /^text\/html; charset=utf-8$/)
      const text = textOf(page.body)
      const korean = KOREAN_EXPLANATIONS[code]
      t.ok(korean, `${code} is explained in Korean (korean-explanations.ts)`)
      const sentences = [message.en, message.ko, korean?.cause ?? '', korean?.remedy ?? '']
      for (const part of [code, `${status}`, ...sentences]) {
        t.ok(text.includes(part.replaceAll('`', '')), `${code} says ${part}`)
      }
    }
    const slow = textOf((await rig.get('/docs/errors/SLOW_CONSUMER')).body)
    t.match(slow, `${CLOSE_CODES.slowConsumer.code}`)
  })

  t.test('pages run nothing, ask for nothing and are in no frame', async (t) => {
    for (const path of ['/docs/errors', '/docs/errors/INTERNAL']) {
      const { body, headers } = await rig.get(path)
      t.notMatch(body, /<script|\son\w+=|src=|url\(|https?:/)
      const policy = String(headers['content-security-policy'])
      t.match(policy, /^default-src 'none'; style-src 'sha256-[^']+';.*frame-ancestors 'none'$/)
    }
  })

  t.test('of a code there is not, that there is no such page', async (t) => {
    for (const code of ['NO_SUCH_CODE', '%3Cscript%3E', 'toString', '__proto__']) {
      const reply = await rig.get(`/docs/errors/${code}`)
      t.equal(reply.statusCode, 404)
      t.equal(errorOf(reply).code, 'ROUTE_NOT_FOUND')
    }
  })

  t.test('where the page is, in every failure', async (t) => {
    const { help } = errorOf(await rig.get('/api/session/nobody'))
    t.equal(help, '/docs/errors/SESSION_NOT_FOUND')
    t.equal((await rig.get(help)).statusCode, 200)
  })
})

/** What a reader sees of a page, without the markup and with its entities resolved. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
