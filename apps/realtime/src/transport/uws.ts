import {
  App,
  type HttpRequest,
  type HttpResponse,
  type ListenOptions,
  type TemplatedApp,
  type us_listen_socket,
  us_listen_socket_close,
  type us_socket,
  type us_socket_context_t,
  us_socket_local_port,
  type WebSocket,
} from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import { createEngineCallback } from './engine-callback.js'
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

/**
 * By default uWebSockets.js listens with SO_REUSEPORT: a second process on the port would start
 * happily and take half of the connections. The engine has this option before the callback too when
 * a host is given; its typings only know it without.
 */
const LIBUS_LISTEN_EXCLUSIVE_PORT: ListenOptions = 1
type ListenExclusively = (
  host: string,
  port: number,
  options: ListenOptions,
  done: (socket: us_listen_socket | false) => void,
) => void

const SEND_RESULTS: readonly SendResult[] = ['buffered', 'sent', 'dropped']

interface UserData<Peer> {
  readonly peer: Peer
  readonly connection: UwsConnection
}

/** Touching a closed socket throws, in its own close handler already: so it is let go of first. */
class UwsConnection implements Connection {
  #socket: WebSocket<unknown> | null = null

  attach(socket: WebSocket<unknown>): void {
    this.#socket = socket
  }

  detach(): void {
    this.#socket = null
  }

  send(message: string | Uint8Array): SendResult {
    const result = this.#socket?.send(message, typeof message !== 'string')
    return result === undefined ? 'dropped' : (SEND_RESULTS[result] ?? 'dropped')
  }

  bufferedAmount(): number {
    return this.#socket?.getBufferedAmount() ?? 0
  }

  ping(): void {
    this.#socket?.ping()
  }

  end(code: number, reason: string): void {
    this.#socket?.end(code, reason)
  }

  terminate(): void {
    this.#socket?.close()
  }
}

/**
 * The transport on uWebSockets.js. Its own limits here: a message above `hardMessageBytes` is cut
 * with 1006; a peer that does not answer a close is cut after 4 s (the engine's, not ours to choose).
 */
export function createUwsTransport<Peer extends object>(
  options: TransportOptions,
  handlers: TransportHandlers<Peer>,
): Transport {
  const app = App()
  const engineCallback = createEngineCallback()
  let listening: us_listen_socket | null = null

  const answer = (response: HttpResponse, request: HttpRequest, method: string): void => {
    const authorization = request.getHeader('authorization')
    const reply = handlers.request(method, request.getUrl(), authorization)
    if (!(reply instanceof Promise)) {
      writeReply(response, reply, method)
      return
    }
    let aborted = false
    response.onAborted(() => {
      aborted = true
    })
    void reply.then((made) => {
      if (!aborted) response.cork(() => writeReply(response, made, method))
    })
  }

  const upgrade = async (
    response: HttpResponse,
    request: HttpRequest,
    context: us_socket_context_t,
  ): Promise<void> => {
    // An engine that was told `Connection: close` closes the socket in the middle of its upgrade, and
    // goes on with what is left of it.
    if (!/\bupgrade\b/i.test(request.getHeader('connection'))) {
      answer(response, request, 'get')
      return
    }
    // The request is only there until the first await: everything is read off it now.
    const key = request.getHeader('sec-websocket-key')
    const extensions = request.getHeader('sec-websocket-extensions')
    const offered = splitSubprotocols(request.getHeader('sec-websocket-protocol'))
    const wanted = {
      path: request.getUrl(),
      query: request.getQuery(),
      acceptLanguage: request.getHeader('accept-language'),
      subprotocols: offered,
    }
    let aborted = false
    response.onAborted(() => {
      aborted = true
    })
    const verdict = await handlers.upgrade(wanted)
    if (aborted) {
      if (verdict.accepted) handlers.abandoned(verdict.peer)
      return
    }
    if (!verdict.accepted) {
      response.cork(() => writeReply(response, verdict.reply, 'get'))
      return
    }
    const userData: UserData<Peer> = { peer: verdict.peer, connection: new UwsConnection() }
    engineCallback.run(() => {
      response.upgrade(userData, key, chooseSubprotocol(offered), extensions, context)
    })
  }

  app.ws<UserData<Peer>>('/*', {
    maxPayloadLength: options.hardMessageBytes,
    maxBackpressure: options.maxUnsentBytes,
    closeOnBackpressureLimit: false,
    // Life signs are watched by our own clock, the same for both adapters.
    idleTimeout: 0,
    sendPingsAutomatically: false,
    upgrade,
    open(socket) {
      const { peer, connection } = socket.getUserData()
      connection.attach(socket)
      engineCallback.opened(socket)
      handlers.opened(peer, connection)
    },
    message(socket, message, isBinary) {
      handlers.message(socket.getUserData().peer, new Uint8Array(message), isBinary)
    },
    pong(socket) {
      handlers.pong(socket.getUserData().peer)
    },
    subscription() {
      engineCallback.subscribed()
    },
    drain(socket) {
      handlers.drained(socket.getUserData().peer)
    },
    close(socket, code) {
      const { peer, connection } = socket.getUserData()
      connection.detach()
      engineCallback.closed(socket)
      handlers.closed(peer, code)
    },
  })

  app.any('/*', (response, request) => {
    answer(response, request, request.getMethod())
  })

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        const listenExclusively = app.listen.bind(app) as TemplatedApp['listen'] & ListenExclusively
        listenExclusively(host, port, LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
          if (socket === false) return reject(listenFailure(host, port))
          listening = socket
          // A listen socket is a socket to the engine; its typings keep the two apart.
          resolve(us_socket_local_port(socket as us_socket))
        })
      }),
    stopListening() {
      if (listening !== null) us_listen_socket_close(listening)
      listening = null
    },
    close() {
      listening = null
      app.close()
    },
  }
}

/**
 * Closes the connection with its reply: behind the splice a refused upgrade would else stay open as a
 * tunnel to this server, and requests pipelined without end would keep the loop from everybody's
 * frames. (The engine still answers those that came in the same read, some 2,000 at most.)
 */
function writeReply(response: HttpResponse, reply: HttpReply, method: string): void {
  response.writeStatus(`${reply.status} ${STATUS_CODES[reply.status] ?? ''}`)
  for (const [name, value] of Object.entries(reply.headers)) response.writeHeader(name, value)
  // `endWithoutBody` cannot close the connection after a HEAD, so that one says a length of 0.
  response.end(method === 'head' ? '' : reply.body, true)
}
