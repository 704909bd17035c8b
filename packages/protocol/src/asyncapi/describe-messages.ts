import type { SocketScope } from '../channels.js'
import { CLIENT_MESSAGES, type ClientMessageType, isTakenBy } from '../client-messages.js'
import { SERVER_MESSAGES, type ServerMessageType } from '../server-messages.js'
import { type BinaryFrame, listBinaryFrames, toHex } from './binary-frames.js'
import { CLIENT_EXAMPLES, LANDMARKS_EXAMPLE } from './client-examples.js'
import { LandmarksMessage } from './landmark-message.js'
import { CLIENT_NOTES, SERVER_NOTES } from './message-notes.js'
import { SERVER_EXAMPLES } from './server-examples.js'

/** A message as the document has it, and where it travels. */
export interface DescribedMessage {
  readonly name: string
  readonly from: 'client' | 'server'
  readonly on: readonly SocketScope[]
  readonly answeredBy: readonly ServerMessageType[]
  /** A Message Object of AsyncAPI. */
  readonly message: object
}

const SCOPES: readonly SocketScope[] = ['landmarks', 'voice', 'session', 'all']
const withAll = (on: readonly SocketScope[]): SocketScope[] => [...on, 'all']

export function describeMessages(): DescribedMessage[] {
  return [
    ...CLIENT_MESSAGES.map((schema) => describeClientMessage(nameOf(schema), schema)),
    describeLandmarks(),
    ...listBinaryFrames().map(describeBinaryFrame),
    ...SERVER_MESSAGES.map((schema) => describeServerMessage(nameOf(schema), schema)),
  ]
}

/** The value of a schema's `type`, which is what a message is called. */
function nameOf<Name extends string>(schema: {
  readonly properties: { readonly type: { readonly const: Name } }
}): Name {
  return schema.properties.type.const
}

const jsonMessage = (name: string, summary: string, payload: object, example: object) => ({
  ...{ name, title: name, summary, contentType: 'application/json', payload },
  examples: [{ name, payload: example }],
})

function describeClientMessage(name: ClientMessageType, schema: object): DescribedMessage {
  const { summary, answeredBy = [] } = CLIENT_NOTES[name]
  const example = { type: name, ...CLIENT_EXAMPLES[name] }
  const on = SCOPES.filter((scope) => isTakenBy(scope, name))
  return {
    name,
    from: 'client',
    on,
    answeredBy,
    message: jsonMessage(name, summary, schema, example),
  }
}

function describeServerMessage(name: ServerMessageType, schema: object): DescribedMessage {
  const { on, summary } = SERVER_NOTES[name]
  const example = { type: name, data: SERVER_EXAMPLES[name] }
  return {
    ...{ name, from: 'server', on: withAll(on), answeredBy: [] },
    message: jsonMessage(name, summary, schema, example),
  }
}

function describeLandmarks(): DescribedMessage {
  const summary = 'One observation of a face, 10 to 60 a second'
  return {
    ...{ name: 'landmarks', from: 'client', on: ['landmarks', 'all'], answeredBy: [] },
    message: jsonMessage('landmarks', summary, LandmarksMessage, LANDMARKS_EXAMPLE),
  }
}

/** The payload is bytes: the layout stands beside it, and the example is in hex. */
function describeBinaryFrame({ name, on, summary, layout, example }: BinaryFrame) {
  const hex = toHex(example)
  return {
    ...{ name, from: 'client' as const, on: withAll(on), answeredBy: [] },
    message: {
      ...{ name, title: name, summary, contentType: 'application/octet-stream' },
      description: `A binary message, little-endian; of its payload here, examples are in hex.\n\n${layout.map(describeField).join('\n')}`,
      payload: { type: 'string', format: 'binary', contentEncoding: 'base16' },
      examples: [{ name, payload: hex }],
      'x-layout': layout,
    },
  }
}

const describeField = (field: BinaryFrame['layout'][number]) =>
  `- byte ${field.at}: \`${field.type}\` ${field.name}${field.note === undefined ? '' : `: ${field.note}`}`
