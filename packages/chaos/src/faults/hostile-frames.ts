/** What a fuzzer, a broken client or an attacker sends: made by fast-check, from a seed. */
import { randomBytes } from 'node:crypto'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { WebSocket } from 'ws'
import type { LoadedFault } from '../fault.js'
import { createFrameSource } from '../load/frame-source.js'
import { startSessions, toSocketUrl } from '../load/load.js'

const CLIENTS = 20
const SEED = 20_251_024
const MESSAGES = 4_000
const PAUSE_MS = 2

export function createHostileFrames(): LoadedFault {
  // Made beforehand: it takes seconds, in which nobody here could hear an answer.
  let messages: readonly Message[] = []
  const seen = { codes: new Map<number, number>(), refusals: 0 }

  return {
    kind: 'loaded',
    name: 'hostile-frames',
    title: 'malformed and hostile frames',
    how: `${MESSAGES} messages of fast-check generators (seed ${SEED}) on ${CLIENTS} more sockets, which open anew when closed: random bytes, real frames with bytes changed, cut or added, JSON of any shape and type, texts that are not UTF-8, messages above the limit; and bytes that are no WebSocket at all on raw TCP, to both ports`,
    causes: ['FRAMES_REJECTED'],
    verdicts: ['OK', 'FRAMES_REJECTED'],
    holdMs: 0,
    targets: { detectMs: 15_000, recoverMs: 5_000 },
    detect: () => (seen.refusals > 0 ? '`error` messages' : null),
    async prepare() {
      messages = fc.sample(arbitraryMessage(), { seed: SEED, numRuns: MESSAGES })
    },
    async inject(scene) {
      const { system } = scene
      const sessions = await startSessions(system.apiUrl, CLIENTS)
      const base = toSocketUrl(system.realtimeUrl)
      const targets = sessions.map(({ id }, i) =>
        keepOpen(`${base}/ws/${['', 'landmarks/', 'session/', 'voice/'][i % 4]}${id}`, seen),
      )
      const ports = [system.realtimes[0]?.port, system.apis[0]?.port]
      for (const [i, message] of messages.entries()) {
        targets[i % targets.length]?.send(message)
        if (i % 20 === 0) sendRaw(ports[(i / 20) % 2], message)
        if (i % CLIENTS === 0) await sleep(PAUSE_MS * CLIENTS)
      }
      for (const target of targets) target.close()
      const closes = [...seen.codes].sort().map(([code, count]) => `${count} × ${code}`)
      scene.note(
        `${seen.refusals} \`error\` messages to the hostile clients, closes: ${closes.join(', ') || 'none'}`,
      )
      const ended = [...system.apis, ...system.realtimes].filter(({ exits }) => exits.length > 0)
      if (ended.length > 0) scene.miss(`${ended.map(({ name }) => name).join(', ')} ended`)
      return performance.now()
    },
  }
}

type Message = Uint8Array | string

function arbitraryMessage(): fc.Arbitrary<Message> {
  const frames = createFrameSource()
  const real = fc.nat(6).map((turn) => Uint8Array.from(frames.body(turn)))
  const changed = fc
    .tuple(real, fc.array(fc.tuple(fc.nat(3_000), fc.nat(255)), { minLength: 1, maxLength: 8 }))
    .map(([bytes, changes]) => {
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      return bytes
    })
  const headChanged = fc
    .tuple(real, fc.uint8Array({ minLength: 1, maxLength: 44 }))
    .map(([bytes, head]) => {
      bytes.set(head)
      return bytes
    })
  const cut = fc.tuple(real, fc.nat(2_900)).map(([bytes, length]) => bytes.slice(0, length))
  const longer = fc
    .tuple(real, fc.uint8Array({ minLength: 1, maxLength: 64 }))
    .map(([bytes, more]) => Uint8Array.from([...bytes, ...more]))
  const typed = fc
    .tuple(
      fc.constantFrom('landmarks', 'hello', 'pause', 'get_status', 'ping', '__proto__', 'end '),
      fc.jsonValue({ maxDepth: 4 }),
    )
    .map(([type, data]) => JSON.stringify({ type, data }))
  const landmarks = fc
    .array(fc.record({ x: fc.double(), y: fc.double(), z: fc.oneof(fc.double(), fc.string()) }), {
      minLength: 460,
      maxLength: 480,
    })
    .map((data) => JSON.stringify({ type: 'landmarks', data, timestamp: -1 }))
  const huge = fc.constant(200_000).map((length) => 'x'.repeat(length))
  return fc.oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 4_000 }) },
    { weight: 4, arbitrary: changed },
    { weight: 4, arbitrary: headChanged },
    { weight: 2, arbitrary: cut },
    { weight: 2, arbitrary: longer },
    { weight: 4, arbitrary: typed },
    { weight: 1, arbitrary: landmarks },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 500 }) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: huge },
  )
}

interface HostileSocket {
  send(message: Message): void
  close(): void
}

function keepOpen(
  url: string,
  seen: { readonly codes: Map<number, number>; refusals: number },
): HostileSocket {
  let over = false
  let socket: WebSocket
  const open = () => {
    socket = new WebSocket(url)
    socket.on('error', () => {})
    socket.on('message', (bytes) => {
      if (String(bytes).startsWith('{"type":"error"')) seen.refusals += 1
    })
    socket.on('close', (code) => {
      if (over) return
      seen.codes.set(code, (seen.codes.get(code) ?? 0) + 1)
      setTimeout(() => {
        if (!over) open()
      }, 500)
    })
  }
  open()
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
    close() {
      over = true
      socket.terminate()
    },
  }
}

/** A real handshake with something else behind it, and something else from the first byte. */
function sendRaw(port: number | undefined, message: Message): void {
  if (port === undefined) return
  const socket = net.connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  socket.setTimeout(1_000, () => socket.destroy())
  socket.write('GET /ws/landmarks/x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n')
  socket.write(randomBytes(16))
  socket.end(message)
}
