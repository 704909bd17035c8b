/**
 * What the process needs of a WebSocket engine, and nothing more: two adapters keep this contract and
 * the same protocol tests run over both. A `Peer` is whatever object the process keeps for a socket;
 * the transport carries it from the upgrade to the close and never looks inside.
 */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface UpgradeRequest {
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  /** The Accept-Language header; '' without one. */
  readonly acceptLanguage: string
  /** What the client offers; a token may be among them. */
  readonly subprotocols: readonly string[]
}

/** A refused upgrade is an ordinary HTTP reply: the client never sees an open socket. */
export type UpgradeVerdict<Peer> =
  | { readonly accepted: true; readonly peer: Peer }
  | { readonly accepted: false; readonly reply: HttpReply }

/** `dropped`: not sent and never will be, because too much waits already or the socket is gone. */
export type SendResult = 'sent' | 'buffered' | 'dropped'

export interface Connection {
  send(message: string | Uint8Array): SendResult
  /** Bytes accepted by `send` that the kernel has not taken yet. */
  bufferedAmount(): number
  ping(): void
  /**
   * Says the close code after all that was sent, and cuts the line where the peer does not answer
   * within `closeGraceMs`. `closed` may be called before this returns.
   */
  end(code: number, reason: string): void
  /** Cuts the line at once; the peer sees 1006. */
  terminate(): void
}

export interface TransportHandlers<Peer extends object> {
  /**
   * Anything but an upgrade. Answers from memory; a promise must not reject.
   * @param authorization the header of this name; '' without one
   */
  request(method: string, path: string, authorization: string): HttpReply | Promise<HttpReply>
  upgrade(request: UpgradeRequest): Promise<UpgradeVerdict<Peer>>
  /** The client went away between being accepted and being upgraded: there will be no `opened`. */
  abandoned(peer: Peer): void
  opened(peer: Peer, connection: Connection): void
  /** `bytes` belong to the transport and are only valid during the call. */
  message(peer: Peer, bytes: Uint8Array, isBinary: boolean): void
  pong(peer: Peer): void
  /** Some of what was buffered has been sent. */
  drained(peer: Peer): void
  /** Exactly once for each `opened`. */
  closed(peer: Peer, code: number): void
}

export interface Transport {
  /**
   * @returns the port, which the system chose where `port` is 0.
   * @throws ExitError 75 where nothing can listen there.
   */
  listen(host: string, port: number): Promise<number>
  /** Takes no more connections; those that are open go on. */
  stopListening(): void
  /** Cuts whatever is still connected. */
  close(): void
}

export interface TransportOptions {
  /** A message larger than this ends the socket without a word (1006 or 1009). */
  readonly hardMessageBytes: number
  /** Output waiting for a socket beyond which `send` drops. */
  readonly maxUnsentBytes: number
  /** How long a peer has to answer a close, where the engine lets us choose. */
  readonly closeGraceMs: number
}

export type CreateTransport = <Peer extends object>(
  options: TransportOptions,
  handlers: TransportHandlers<Peer>,
) => Transport
