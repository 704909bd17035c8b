import { CHANNELS, type SocketScope, SUBPROTOCOL } from '../channels.js'
import { CLOSE_CODES } from '../close-codes.js'
import { CLOSED_WITH } from '../close-reasons.js'
import { ERRORS, type ErrorCode } from '../error-codes.js'
import { FRAME_PROBLEMS } from '../frame-problem.js'
import { helpPathOf } from '../help-path.js'
import { type DescribedMessage, describeMessages } from './describe-messages.js'

const SCOPES: Readonly<Record<SocketScope, { readonly address: string; readonly what: string }>> = {
  landmarks: { address: '/ws/landmarks/{sessionId}', what: 'The face: frames in, affect out' },
  voice: { address: '/ws/voice/{sessionId}', what: 'The voice: sound and words in, speech out' },
  session: { address: '/ws/session/{sessionId}', what: 'Commands, words, interventions, chat' },
  all: { address: '/ws/{sessionId}', what: 'All three on one socket' },
}

const DESCRIPTION = `Everything a WebSocket of BeMore takes and says. JSON text messages are \`{type, data}\`; unknown types are refused with \`UNKNOWN_MESSAGE_TYPE\`, unknown keys are ignored, and a client ignores message types it does not know. A socket that cannot be served is refused at the upgrade with an HTTP status and the error envelope of the REST API, and never accepted and then closed. The range of a close code is its verdict: 43xx reconnect with backoff, 44xx do not. See docs/protocol.md for acknowledgement and resume.`

/**
 * The AsyncAPI 3.0 document of the WebSockets, from the schemas both ends are held to. The operations
 * are the server's: it receives what clients send.
 */
export function describeSockets({ version }: { readonly version: string }): object {
  const messages = describeMessages()
  return {
    asyncapi: '3.0.0',
    info: { title: 'BeMore realtime', version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      api: {
        host: '{host}',
        protocol: 'ws',
        description: 'Any API process: it carries sockets through. Behind TLS the protocol is wss.',
        variables: { host: { default: 'localhost:8000', description: 'Host and port of the API' } },
      },
    },
    channels: byScope((scope) => describeChannel(scope, messages)),
    operations: Object.assign({}, ...scopes().map((scope) => operationsOf(scope, messages))),
    components: {
      messages: Object.fromEntries(messages.map(({ name, message }) => [name, message])),
      securitySchemes: {
        accessToken: {
          ...{ type: 'httpApiKey', in: 'header', name: 'Sec-WebSocket-Protocol' },
          description:
            'With WS_AUTH=required, for a session that a signed-in user started: the subprotocol `bemore.token.<accessToken>` beside `bemore.v1`. Else the session id is the key.',
        },
      },
    },
    'x-close-codes': Object.entries(CLOSE_CODES).map(([name, code]) => ({ name, ...code })),
    'x-error-codes': Object.keys(ERRORS).map((code) => describeError(code as ErrorCode)),
    'x-frame-problems': FRAME_PROBLEMS,
  }
}

const scopes = (): SocketScope[] => [...CHANNELS, 'all']

const byScope = (make: (scope: SocketScope) => object) =>
  Object.fromEntries(scopes().map((scope) => [scope, make(scope)]))

function describeChannel(scope: SocketScope, messages: readonly DescribedMessage[]): object {
  const { address, what } = SCOPES[scope]
  const own = messages.filter(({ on }) => on.includes(scope))
  return {
    ...{ address, title: scope, summary: what },
    description: `Also without the id in the path, with \`?sessionId=\`.`,
    parameters: {
      sessionId: {
        description: 'Of the reply to a start. Whoever has it may do everything with the session.',
        examples: ['sess_3vYkq0J8Zt5cWm1xPbN7Lg'],
      },
    },
    messages: Object.fromEntries(
      own.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: {
      ws: {
        method: 'GET',
        headers: {
          type: 'object',
          properties: { 'Sec-WebSocket-Protocol': { type: 'string', examples: [SUBPROTOCOL] } },
        },
        bindingVersion: '0.1.0',
      },
    },
  }
}

/** One operation for each message a client may send, with what answers it, and one for what it is told. */
function operationsOf(scope: SocketScope, messages: readonly DescribedMessage[]) {
  const own = messages.filter(({ on }) => on.includes(scope))
  const channel = { $ref: `#/channels/${scope}` }
  const refer = (name: string) => ({ $ref: `#/channels/${scope}/messages/${name}` })
  const told = own.filter(({ from }) => from === 'server').map(({ name }) => refer(name))
  const taken = own.filter(({ from }) => from === 'client')
  return Object.fromEntries([
    ...taken.map(({ name, answeredBy }) => [
      `${scope}.take.${name}`,
      {
        ...{ action: 'receive', channel, messages: [refer(name)] },
        ...(answeredBy.length > 0 && { reply: { channel, messages: answeredBy.map(refer) } }),
      },
    ]),
    [`${scope}.tell`, { action: 'send', channel, messages: told }],
  ])
}

function describeError(code: ErrorCode): object {
  const { status, temporary, message, cause, remedy } = ERRORS[code]
  const close = CLOSED_WITH[code]
  return {
    ...{ code, status, temporary, message, cause, remedy },
    ...(close !== undefined && { closeCode: CLOSE_CODES[close].code }),
    help: helpPathOf(code),
  }
}
