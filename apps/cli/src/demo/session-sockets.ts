import { CHANNELS, type Channel } from '@bemore/protocol'
import {
  type DemoSocket,
  openDemoSocket,
  type ReceivedMessage,
  type SocketState,
} from './demo-sockets.js'

/** The three sockets of a session, as the web client holds them. */
export interface SessionSockets {
  send(channel: Channel, payload: string | Uint8Array): boolean
  states(): readonly SocketState[]
  /** Resolves when all are open, at the latest after `ms`: one that is not goes on trying. */
  allOpenWithin(ms: number): Promise<void>
  close(): void
}

export interface SessionSocketsOptions {
  /** Where a channel may be reached, in order of preference; undefined entries are left out. */
  readonly urls: (channel: Channel) => readonly (string | undefined)[]
  /** What is offered in the handshake; none where nobody is signed in. */
  readonly subprotocols: readonly string[]
  readonly onMessage: (message: ReceivedMessage) => void
  /** A connection that was lost is there again. */
  readonly onReopened: (channel: Channel) => void
  /** What happens to a connection, in a line for people. */
  readonly note: (text: string) => void
}

export function openSessionSockets({
  urls,
  subprotocols,
  onMessage,
  onReopened,
  note,
}: SessionSocketsOptions): SessionSockets {
  let onOpen = () => {}
  const sockets = new Map<Channel, DemoSocket>()
  const lost = new Set<Channel>()

  const observe = (channel: Channel, state: SocketState, why: string) => {
    if (state === 'open') {
      if (lost.delete(channel)) {
        note(`${channel}: connected again (${why})`)
        onReopened(channel)
      }
      onOpen()
    } else if (state === 'waiting' && !lost.has(channel)) {
      lost.add(channel)
      note(`${channel}: no connection (${why}); reconnecting`)
    } else if (state === 'refused') {
      note(`${channel}: closed for good (${why})`)
    }
  }

  for (const channel of CHANNELS) {
    const socket = openDemoSocket({
      channel,
      urls: [...new Set(urls(channel).filter((url) => url !== undefined))],
      subprotocols,
      random: Math.random,
      onMessage,
      onState: (state, why) => observe(channel, state, why),
    })
    sockets.set(channel, socket)
  }
  const states = () => [...sockets.values()].map(({ state }) => state)

  return {
    send: (channel, payload) => sockets.get(channel)?.send(payload) ?? false,
    states,
    allOpenWithin: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        onOpen = () => {
          if (states().some((state) => state !== 'open')) return
          clearTimeout(timer)
          resolve()
        }
        onOpen()
      }),
    close() {
      for (const socket of sockets.values()) socket.close()
    },
  }
}
