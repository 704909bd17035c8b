import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { listenFailure } from './listen-failure.js'
import type {
  Connection,
  HttpReply,
  SendResult,
  Transport,
  TransportHandlers,
  TransportOptions,
} from './port.js'
import { chooseSubprotocol, splitSubprotocols } from './subprotocol.js'

/** Reading the request's head may take this long, ms: a client that dribbles holds no socket. */
const HEADERS_TIMEOUT_MS = 10_000

function createConnection(socket: WebSocket, options: TransportOptions): Connection {
  return {
    send(message): SendResult {
      if (socket.readyState !== socket.OPEN) return 'dropped'
      if (socket.bufferedAmount > options.maxUnsentBytes) return 'dropped'
      socket.send(message)
      return socket.bufferedAmount === 0 ? 'sent' : 'buffered'
    },
    bufferedAmount: () => socket.bufferedAmount,
    ping() {
      if (socket.readyState === socket.OPEN) socket.ping()
    },
    end(code, reason) {
      socket.close(code, reason)
      setTimeout(() => socket.terminate(), options.closeGraceMs).unref()
    },
    terminate: () => socket.terminate(),
  }
}

/** The transport on `ws` and node:http: for hosts where the native engine has no binary. */
export function createWsTransport<Peer extends object>(
  options: TransportOptions,
  handlers: TransportHandlers<Peer>,
): Transport {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.hardMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => chooseSubprotocol(offered) || false,
  })

  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, async (request, response) => {
    const { path } = splitUrl(request)
    const { authorization = '' } = request.headers
    const reply = await handlers.request((request.method ?? '').toLowerCase(), path, authorization)
    response.writeHead(reply.status, { ...reply.headers, connection: 'close' }).end(reply.body)
  })

  const open = (peer: Peer, socket: WebSocket, stream: Duplex): void => {
    socket.on('message', (data, isBinary) => handlers.message(peer, data as Buffer, isBinary))
    socket.on('pong', () => handlers.pong(peer))
    socket.on('close', (code) => handlers.closed(peer, code))
    // A protocol violation or a reset; `close` follows and is where it is dealt with.
    socket.on('error', () => socket.terminate())
    stream.on('drain', () => handlers.drained(peer))
    handlers.opened(peer, createConnection(socket, options))
  }

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    // Until `ws` takes the stream over nobody else listens, and a reset would end the process.
    const onError = () => stream.destroy()
    stream.on('error', onError)
    const verdict = await handlers.upgrade({
      ...splitUrl(request),
      acceptLanguage: request.headers['accept-language'] ?? '',
      subprotocols: splitSubprotocols(request.headers['sec-websocket-protocol'] ?? ''),
    })
    if (!verdict.accepted) return refuse(stream, verdict.reply)
    let opened = false
    if (!stream.destroyed) {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        opened = true
        stream.off('error', onError)
        open(verdict.peer, socket, stream)
      })
    }
    // Gone meanwhile, or `ws` found the handshake itself wanting and refused it.
    if (!opened) handlers.abandoned(verdict.peer)
  }
  server.on('upgrade', (request, stream, head) => void upgrade(request, stream, head))

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', (error) => reject(listenFailure(host, port, error)))
        server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port))
      }),
    stopListening() {
      server.close()
    },
    close() {
      server.close()
      server.closeAllConnections()
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}

const REFUSAL_LINGER_MS = 2_000

function splitUrl(request: IncomingMessage): { path: string; query: string } {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  return mark < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

function refuse(stream: Duplex, reply: HttpReply): void {
  const headers = Object.entries({
    ...reply.headers,
    connection: 'close',
    'content-length': Buffer.byteLength(reply.body),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const status = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}\r\n`
  stream.end(`${status}${headers.join('')}\r\n${reply.body}`)
  // A peer that neither reads nor hangs up would keep its socket.
  stream.resume()
  setTimeout(() => stream.destroy(), REFUSAL_LINGER_MS).unref()
}
