import net from 'node:net'
import postgres from 'postgres'
import { withPatience } from './deadline.js'
import { toConnectError } from './error-mapping.js'
import { StoreError } from './store-error.js'

/**
 * One connection is one client of the driver with one socket, which we hold ourselves. The driver's
 * own pool reconnects behind the caller's back (for ever, where a balancer accepts and closes) and
 * ends a socket politely, which a half-open peer never answers. Here a connection lives once, tells
 * when it is gone, and can be cut.
 */
export interface Connection {
  readonly sql: Sql
  readonly isOpen: boolean
  /** Cuts the socket at once; statements under way reject. */
  destroy(): void
  /** Takes leave of the server, and cuts the socket when it does not answer. */
  close(): Promise<void>
}

/** bigint and timestamptz are numbers on our side: seq fits in 2^53, times are Unix ms. */
export type Sql = postgres.Sql<{ bigint: number; timestamptz: number; textArray: string[] }>

export interface ConnectionOptions {
  readonly url: string
  readonly applicationName: string
  /** Covers the TCP and TLS handshakes, authentication and a first round trip. */
  readonly connectTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly onNotify?: (channel: string, payload: string) => void
  readonly onNotice?: (message: string) => void
  /** Called once when a connection that was open is gone, whoever ended it. */
  readonly onClosed?: (connection: Connection) => void
}

const KEEPALIVE_S = 15
/** How long a server may take to answer our goodbye. */
const GOODBYE_MS = 250

const VALUE_TYPES = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  timestamptz: {
    to: 1184,
    from: [1184],
    serialize: (ms: number) => new Date(ms).toISOString(),
    parse: Date.parse,
  },
  // The driver learns array types by a query on every connect; this is the only one needed.
  textArray: { to: 1009, from: [], serialize: formatTextArray, parse: (text: string) => [text] },
}

/**
 * Opens a connection; it is usable when the promise resolves.
 * @throws StoreError after `connectTimeoutMs` at the latest
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  let socket: net.Socket | undefined
  let isOpen = false
  let wasOpen = false
  let tellClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve
  })

  const driverOptions = {
    max: 1,
    fetch_types: false,
    // Ours rule instead: a deadline over the whole opening, and no life after the first socket.
    connect_timeout: 0,
    max_lifetime: null,
    backoff: () => 0,
    keep_alive: KEEPALIVE_S,
    types: VALUE_TYPES,
    connection: serverParameters(options),
    onnotice: (notice: postgres.Notice) => options.onNotice?.(notice['message'] ?? ''),
    onnotify: (channel: string, payload: string) => options.onNotify?.(channel, payload),
    onclose: () => {
      isOpen = false
      tellClosed()
      if (wasOpen) options.onClosed?.(connection)
      wasOpen = false
    },
    socket: (parsed: SocketTarget) => {
      if (socket !== undefined) return deadSocket()
      socket = dial(parsed)
      // The driver forgets a statement that it gets between the error of its socket and the end of it.
      socket.once('error', () => {
        isOpen = false
      })
      return socket
    },
  }
  const sql: Sql = postgres(options.url, driverOptions)

  const connection: Connection = {
    sql,
    get isOpen() {
      return isOpen
    },
    destroy() {
      isOpen = false
      socket?.destroy()
    },
    async close() {
      isOpen = false
      void sql.end({ timeout: 0 })
      const timer = setTimeout(() => socket?.destroy(), GOODBYE_MS)
      await closed
      clearTimeout(timer)
    },
  }

  try {
    await withPatience(sql`select 1`.execute(), options.connectTimeoutMs, () => {
      // The kernel of a frozen server still accepts.
      const isSilent = socket !== undefined && !socket.connecting && !socket.destroyed
      const what = isSilent ? 'connected, but no answer' : 'no connection'
      const code = isSilent ? 'DATABASE_TIMEOUT' : 'DATABASE_UNREACHABLE'
      return new StoreError(code, `${what} within ${options.connectTimeoutMs} ms`)
    })
    isOpen = true
    wasOpen = true
    return connection
  } catch (error) {
    connection.destroy()
    throw toConnectError(error)
  }
}

function serverParameters({
  applicationName,
  statementTimeoutMs,
  lockTimeoutMs,
}: ConnectionOptions) {
  return {
    application_name: applicationName,
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    // A peer that vanished in a transaction holds row locks until the server cuts it.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    tcp_keepalives_idle: KEEPALIVE_S,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 3,
  }
}

interface SocketTarget {
  readonly host: readonly string[]
  readonly port: readonly number[]
  readonly path?: string | false
}

/**
 * Connects only after the driver has its listeners on: where there is no route the error comes before
 * the next tick, and an error nobody listens for ends the process. The driver's first bytes wait.
 */
function dial({ host, port, path }: SocketTarget): net.Socket {
  const socket = new net.Socket()
  // A batch is several writes; the last of them must not wait for the server's delayed ACK (40 ms).
  socket.setNoDelay(true)
  const hostname = host[0] ?? 'localhost'
  setImmediate(() => {
    if (socket.destroyed) return
    if (path) socket.connect(path)
    else socket.connect({ host: hostname, port: Number(port[0] ?? 5432) })
  })
  // The driver reads the name to verify in the TLS handshake from here.
  return Object.assign(socket, { host: hostname })
}

/** What the driver gets when it wants to reconnect; it must have its listeners on before the error. */
function deadSocket(): net.Socket {
  const socket = new net.Socket()
  setImmediate(() => socket.destroy(new Error('the server closed the connection')))
  return socket
}

function formatTextArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
