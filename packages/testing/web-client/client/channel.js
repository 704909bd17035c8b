const PING_MS = 15_000
const HIDDEN_PING_MS = 30_000
const STALE_MS = 45_000
const RECONNECT_MS = [1_000, 2_000, 4_000, 8_000, 16_000]
const OPEN = 1

/**
 * One of the three sockets. Any message keeps it fresh; close codes are not looked at; a socket that
 * opened has all its attempts again. What was numbered and seen once is not seen again.
 */
export function createChannel({
  url,
  WebSocket = globalThis.WebSocket,
  isHidden = () => globalThis.document?.visibilityState === 'hidden',
  pingMs = PING_MS,
  onMessage = () => {},
  onChange = () => {},
}) {
  const seen = new Set()
  const counts = { opened: 0, closed: 0, received: 0, pings: 0 }
  let socket = null
  let attempts = 0
  let isWanted = true
  let freshAt = 0
  let pingAt = 0
  let retryTimer = null

  const take = (text) => {
    const message = JSON.parse(text)
    freshAt = Date.now()
    counts.received += 1
    if (typeof message.seq === 'number') {
      if (seen.has(message.seq)) return
      seen.add(message.seq)
    }
    onMessage(message)
  }

  const connect = () => {
    socket = new WebSocket(url)
    socket.onopen = () => {
      attempts = 0
      counts.opened += 1
      freshAt = Date.now()
      pingAt = Date.now()
      onChange()
    }
    socket.onmessage = ({ data }) => take(data)
    socket.onerror = () => {}
    socket.onclose = () => {
      counts.closed += 1
      onChange()
      if (isWanted && attempts < RECONNECT_MS.length) {
        retryTimer = setTimeout(connectWhenOnline, RECONNECT_MS[attempts])
        attempts += 1
      }
    }
  }

  const connectWhenOnline = () => {
    if (globalThis.navigator?.onLine === false) {
      globalThis.addEventListener('online', connect, { once: true })
    } else {
      connect()
    }
  }

  const beat = setInterval(
    () => {
      if (socket?.readyState !== OPEN) return
      const now = Date.now()
      if (now - freshAt > STALE_MS) return socket.close()
      if (now - pingAt < (isHidden() ? HIDDEN_PING_MS : pingMs)) return
      pingAt = now
      counts.pings += 1
      socket.send('{"type":"ping"}')
    },
    Math.min(pingMs, 1_000),
  )

  connect()
  return {
    counts,
    isOpen: () => socket?.readyState === OPEN,
    send(message) {
      if (socket?.readyState === OPEN) socket.send(JSON.stringify(message))
    },
    /** The session has ended: what closes now stays closed. */
    forgo() {
      isWanted = false
      clearTimeout(retryTimer)
    },
    close() {
      isWanted = false
      clearTimeout(retryTimer)
      clearInterval(beat)
      socket?.close()
    },
  }
}
