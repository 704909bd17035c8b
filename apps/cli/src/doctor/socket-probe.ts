import type { IncomingMessage } from 'node:http'
import type { Channel } from '@bemore/protocol'
import { WebSocket } from 'ws'
import { toCauseCode } from './error-cause.js'
import { Fault } from './fault.js'
import { type Localized, localized, verbatim } from './localized.js'
import { codeOf, noAnswer } from './path-probes.js'
import { readEnvelope } from './rest-client.js'
import { TimeLimitError, within } from './time-limit.js'

export interface ReceivedMessage {
  readonly type: string
  readonly data?: unknown
}

/** A socket that was opened once and is never reopened: what closes it is what is wanted to be known. */
export interface ProbeSocket {
  readonly channel: Channel
  send(payload: string | Uint8Array): void
  /**
   * The first message of a type, heard already or yet to come.
   * @throws Fault when it does not come within `limitMs`, or the socket closes before
   */
  hear(type: string | readonly string[], limitMs: number): Promise<ReceivedMessage>
  close(): void
}

/** Thrown where no BeMore answered the upgrade: whether realtime lives has to be found out. */
export class SocketUnreachable extends Fault {}

const REFUSAL_BYTES = 4_096
const REMEMBERED = 200
const GOODBYE_MS = 1_000

/**
 * Opens a channel and waits for the server's `connected`.
 * @throws Fault with the cause the refusal names; SocketUnreachable where nobody answered
 */
export async function openProbeSocket(
  channel: Channel,
  url: string,
  subprotocols: readonly string[],
  limitMs: number,
): Promise<ProbeSocket> {
  const options = { perMessageDeflate: false, maxPayload: 1_048_576 }
  const socket = new WebSocket(url, [...subprotocols], options)
  const probe = listen(channel, socket)
  try {
    await within(limitMs, async () => {
      await opened(socket, channel)
      await probe.hear('connected', limitMs)
    })
    return probe
  } catch (error) {
    probe.close()
    if (!(error instanceof TimeLimitError)) throw error
    throw new SocketUnreachable('REALTIME_UNREACHABLE', noAnswer(`/ws/${channel}`, limitMs))
  }
}

function opened(socket: WebSocket, channel: Channel): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, response) => {
      readRefusal(response).then((text) => reject(toRefusal(channel, response, text)), reject)
    })
    socket.once('error', (error) => {
      const detail = verbatim(`/ws/${channel}: ${codeOf(error)}`)
      reject(new SocketUnreachable('REALTIME_UNREACHABLE', detail))
    })
  })
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  let text = ''
  try {
    for await (const chunk of response) {
      text += String(chunk)
      if (text.length > REFUSAL_BYTES) break
    }
  } catch {
    // A refusal that breaks off says what its status says.
  }
  return text
}

function toRefusal(channel: Channel, { statusCode = 0 }: IncomingMessage, text: string): Fault {
  const code = readEnvelope(text)?.error?.code
  const detail = verbatim(`/ws/${channel}: ${statusCode} ${code ?? ''}`.trim())
  if (code === undefined) return new Fault('WEBSOCKET_FAILED', detail)
  const cause = toCauseCode(code) ?? 'WEBSOCKET_FAILED'
  return cause === 'REALTIME_UNREACHABLE'
    ? new SocketUnreachable(cause, detail)
    : new Fault(cause, detail)
}

function listen(channel: Channel, socket: WebSocket): ProbeSocket {
  const heard: ReceivedMessage[] = []
  const waiting = new Set<(message: ReceivedMessage) => void>()
  let closed: Localized | null = null
  let tellClosed = () => {}
  const gone = new Promise<void>((resolve) => {
    tellClosed = resolve
  })
  socket.on('message', (bytes) => {
    const message = readMessage(String(bytes))
    if (message === null) return
    if (heard.length >= REMEMBERED) heard.shift()
    heard.push(message)
    for (const tell of [...waiting]) tell(message)
  })
  // 'close' follows, and decides.
  socket.on('error', () => {})
  socket.on('close', (code, reason) => {
    const why = `${code} ${String(reason)}`.trim()
    closed = localized(`/ws/${channel}: closed with ${why}`, `/ws/${channel}: ${why}로 닫힘`)
    tellClosed()
  })

  return {
    channel,
    send: (payload) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(payload)
    },
    async hear(type, limitMs) {
      const isWanted = (message: ReceivedMessage) => [type].flat().includes(message.type)
      let tell: (message: ReceivedMessage) => void = () => {}
      try {
        return await within(limitMs, async () => {
          const known = heard.find(isWanted)
          if (known !== undefined) return known
          const coming = new Promise<ReceivedMessage>((resolve) => {
            tell = (message) => isWanted(message) && resolve(message)
            waiting.add(tell)
          })
          const message = await Promise.race([coming, gone])
          if (message) return message
          throw new Fault('WEBSOCKET_FAILED', closed ?? verbatim(`/ws/${channel}`))
        })
      } catch (error) {
        if (!(error instanceof TimeLimitError)) throw error
        const what = `/ws/${channel} ${[type].flat().join(' | ')}`
        throw new Fault('FLOW_FAILED', noAnswer(what, limitMs))
      } finally {
        waiting.delete(tell)
      }
    },
    close() {
      if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
      else socket.close(1000)
      // The library waits half a minute for the answer to a close.
      setTimeout(() => socket.terminate(), GOODBYE_MS).unref()
    },
  }
}

/** As a browser client does, one that is not understood is let pass. */
function readMessage(text: string): ReceivedMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    const isMessage = typeof value === 'object' && value !== null && 'type' in value
    return isMessage ? (value as ReceivedMessage) : null
  } catch {
    return null
  }
}
