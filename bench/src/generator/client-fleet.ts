import { percentilesOf } from '../measure/percentiles.js'
import { buildStampedFrame, readSamplePoints, type StampedFrame, varyFace } from './frame-set.js'
import type { LoadReport, Order } from './orders.js'
import { pace } from './pacer.js'
import { openRawSocket, type RawSocket } from './raw-socket.js'
import { createSpeaker, recordSounds } from './speaker.js'

/**
 * Many clients at once. Each has frames of its own, sent in turns, so that none is stamped anew while
 * its last sending is still on the way: a client with more than one frame unsent skips its turn.
 */
export interface ClientFleet {
  load(order: Extract<Order, { type: 'load' }>): Promise<LoadReport>
  close(): void
}

interface Client {
  readonly socket: RawSocket
  readonly shut: readonly StampedFrame[]
  readonly open: readonly StampedFrame[]
  nextSeq: number
}

/** Frames of each expression that a client sends in turns. */
const VARIANTS = 3
/** How long an expression lasts. */
const EXPRESSION_MS = 1_000
/** Bytes of pings that may wait beside a frame. */
const PINGS_BYTES = 256
const HANDSHAKES_AT_ONCE = 64
const TIMEOUT_MS = 30_000

export async function openClientFleet(
  order: Extract<Order, { type: 'open' }>,
): Promise<ClientFleet> {
  const { host, port, paths, encoding, voicePaths } = order
  const latencies: number[] = []
  let messages = 0
  let lost: string | null = null

  const sample = encoding === null ? [] : readSamplePoints()
  const open = (path: string) =>
    openRawSocket({
      host,
      port,
      path,
      timeoutMs: TIMEOUT_MS,
      onPong: (latencyMs) => latencies.push(latencyMs),
      onMessage: () => {
        messages += 1
      },
      onLost: (reason) => {
        lost ??= `${path}: ${reason}`
      },
    })
  const openClient = async (path: string, index: number): Promise<Client> => {
    const socket = await open(path)
    const framesOf = (mouthOpen: boolean) =>
      encoding === null
        ? []
        : Array.from({ length: VARIANTS }, (_, variant) =>
            buildStampedFrame(encoding, varyFace(sample, index * VARIANTS + variant, mouthOpen)),
          )
    return { socket, shut: framesOf(false), open: framesOf(true), nextSeq: 0 }
  }

  const clients = await openAll(paths, openClient)
  const sounds = voicePaths.length === 0 ? [] : recordSounds()
  const speakers = await openAll(voicePaths, async (path, index) =>
    createSpeaker(await open(path), sounds, index),
  )
  const sockets = [...clients, ...speakers].map(({ socket }) => socket)

  return {
    async load(rates) {
      const { framesPerSecond, pingsPerSecond, durationMs } = rates
      latencies.length = 0
      messages = 0
      let sent = 0
      let skipped = 0
      let bytes = 0
      let voiceFramesSent = 0
      let utterancesSent = 0
      const sendVoice = (n: number) => {
        const sentBytes = speakers[n % speakers.length]!.sendSound(Date.now())
        if (sentBytes === 0) skipped += 1
        else voiceFramesSent += 1
        bytes += sentBytes
      }
      const sendUtterance = (n: number) => {
        bytes += speakers[n % speakers.length]!.say()
        utterancesSent += 1
      }
      const sendFrame = (n: number) => {
        const client = clients[n % clients.length]!
        const now = Date.now()
        const frames = Math.floor(now / EXPRESSION_MS) % 2 === 0 ? client.shut : client.open
        const frame = frames[client.nextSeq % VARIANTS]!
        if (client.socket.unsentBytes > frame.bytes.length + PINGS_BYTES) {
          skipped += 1
          return
        }
        frame.stamp(client.nextSeq, now)
        client.socket.write(frame.bytes)
        client.nextSeq += 1
        sent += 1
        bytes += frame.bytes.length
      }
      // Turned by half the fleet, so that a client's ping does not follow its own frame every time.
      const sendPing = (n: number) =>
        clients[(n + (clients.length >> 1)) % clients.length]!.socket.ping()

      const startedAt = performance.now()
      const { lateness } = await pace(
        [
          { perSecond: framesPerSecond, send: sendFrame },
          { perSecond: pingsPerSecond, send: sendPing },
          { perSecond: rates.voiceFramesPerSecond, send: sendVoice },
          { perSecond: rates.utterancesPerSecond, send: sendUtterance },
        ],
        durationMs,
      )
      await Promise.all(sockets.map((socket) => socket.drained(TIMEOUT_MS)))
      const elapsedMs = performance.now() - startedAt
      if (lost !== null) throw new Error(`a socket was lost under load: ${lost}`)
      return {
        sent,
        voiceFramesSent,
        utterancesSent,
        skipped,
        bytes,
        messagesReceived: messages,
        latency: percentilesOf(latencies),
        lateness: percentilesOf(lateness),
        elapsedMs,
      }
    },
    close() {
      for (const socket of sockets) socket.close()
    },
  }
}

/** Some at a time, in order. */
async function openAll<Opened>(
  paths: readonly string[],
  open: (path: string, index: number) => Promise<Opened>,
): Promise<Opened[]> {
  const opened: Opened[] = []
  for (let from = 0; from < paths.length; from += HANDSHAKES_AT_ONCE) {
    const batch = paths.slice(from, from + HANDSHAKES_AT_ONCE)
    opened.push(...(await Promise.all(batch.map((path, i) => open(path, from + i)))))
  }
  return opened
}
