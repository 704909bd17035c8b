import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import t from 'tap'
import { Check } from 'typebox/value'
import {
  CLIENT_MESSAGES,
  CLOSE_CODES,
  createLandmarkFrame,
  createVoiceFrame,
  decodeLandmarkFrame,
  decodeLandmarkJson,
  decodeVoiceFrame,
  describeSockets,
  ERRORS,
  isTakenBy,
  SERVER_MESSAGES,
  type SocketScope,
} from '../src/index.js'

interface Message {
  contentType: string
  payload: Record<string, unknown>
  examples: { payload: unknown }[]
}
interface Document {
  channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>
  operations: Record<
    string,
    { action: string; messages: { $ref: string }[]; reply?: { messages: { $ref: string }[] } }
  >
  components: { messages: Record<string, Message> }
  'x-close-codes': { code: number }[]
  'x-error-codes': { code: string; closeCode?: number }[]
}

/** As it is read by others: schemas are plain JSON in it. */
const document: Document = JSON.parse(JSON.stringify(describeSockets({ version: '1.2.3' })))
const { messages } = document.components

t.test('the document of the sockets is one of AsyncAPI 3.0', async (t) => {
  const path = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json')
  // It brings the meta-schema along, and formats are none of its subjects here.
  const options = { strict: false, meta: false, validateSchema: false, validateFormats: false }
  const ajv = new Ajv({ ...options, allErrors: true })
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
  t.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 5)))
  t.notOk(validate({ ...document, channels: [] }), 'which not everything is')
})

t.test('every message there is, is in it', async (t) => {
  for (const schema of [...CLIENT_MESSAGES, ...SERVER_MESSAGES]) {
    const described = messages[schema.properties.type.const]
    t.same(described?.payload, JSON.parse(JSON.stringify(schema)), schema.properties.type.const)
  }
  const json = Object.values(messages).filter(({ contentType }) => contentType.endsWith('json'))
  t.equal(json.length, CLIENT_MESSAGES.length + SERVER_MESSAGES.length + 1, 'and landmarks')
  t.equal(Object.keys(messages).length, json.length + 3, 'and the binary frames')
})

t.test('examples fit the schemas they stand beside', async (t) => {
  for (const [name, { payload, examples }] of Object.entries(messages)) {
    t.ok(examples.length > 0, `${name} has one`)
    for (const example of examples) t.ok(Check(payload, example.payload), name)
  }
})

t.test('examples of frames are read by the codecs', async (t) => {
  const hexOf = (name: string) => String(messages[name]?.examples[0]?.payload)
  const bytesOf = (name: string) => new Uint8Array(Buffer.from(hexOf(name), 'hex'))
  const face = createLandmarkFrame()
  t.equal(decodeLandmarkFrame(bytesOf('landmarks_f32'), face), 'ok')
  t.equal(decodeLandmarkFrame(bytesOf('landmarks_u16'), face), 'ok')
  t.equal(decodeVoiceFrame(bytesOf('voice_pcm'), createVoiceFrame()), 'ok')
  const text = JSON.stringify(messages['landmarks']?.examples[0]?.payload)
  t.equal(decodeLandmarkJson(Buffer.from(text), face), 'ok')
})

t.test('a channel takes in it what it takes', async (t) => {
  for (const scope of ['landmarks', 'voice', 'session', 'all'] as const) {
    const named = document.channels[scope]?.messages ?? {}
    for (const schema of CLIENT_MESSAGES) {
      const type = schema.properties.type.const
      t.equal(Object.hasOwn(named, type), isTakenBy(scope satisfies SocketScope, type), type)
      t.equal(
        document.operations[`${scope}.take.${type}`]?.action,
        isTakenBy(scope, type) ? 'receive' : undefined,
        `${scope}: ${type}`,
      )
    }
  }
  const told = document.operations['all.tell']?.messages.length
  t.equal(told, SERVER_MESSAGES.length, 'the multiplexed socket is told everything')
})

t.test('whatever it refers to is there', async (t) => {
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)
  let count = 0
  for (const [, path = ''] of references) {
    count += 1
    const found = path
      .split('/')
      .reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key],
        document,
      )
    t.ok(found !== undefined, path)
  }
  t.ok(count > 100, `${count} references`)
})

t.test('it has every close code and every error code', async (t) => {
  t.same(
    document['x-close-codes'].map(({ code }) => code),
    Object.values(CLOSE_CODES).map(({ code }) => code),
  )
  t.same(
    document['x-error-codes'].map(({ code }) => code),
    Object.keys(ERRORS),
  )
  const slow = document['x-error-codes'].find(({ code }) => code === 'SLOW_CONSUMER')
  t.equal(slow?.closeCode, 4308)
})
