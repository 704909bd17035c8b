/**
 * Answers `hello`. A client that comes back is remembered by this process, or found in the log, or
 * told that its epoch is over; while the database does not answer it is asked to come again rather
 * than given up.
 */
import type { SessionEvent } from '@bemore/core'
import { type Logger, type RealtimeConfig, shortSessionId } from '@bemore/ops'
import {
  type ChannelSeqs,
  type ConnectionLimits,
  type HelloData,
  readHello,
} from '@bemore/protocol'
import type { EventQueue, Store } from '@bemore/store'
import type { AckSender } from './ack-sender.js'
import type { Clock } from './clock.js'
import { replayEvents } from './event-replay.js'
import { FRAME_CHANNELS, type FrameChannel } from './frame-channel.js'
import { createFrameClock } from './frame-clock.js'
import { createFrameLedger, type FrameLedger } from './frame-ledger.js'
import { createFrameStream } from './frame-stream.js'
import { lineOf } from './live-session.js'
import { closePeerWithError, type Peer, send, serves } from './peer.js'
import { decideResume } from './resume-decision.js'
import { storeErrorCode } from './store-error-code.js'

type Ledgers = ReadonlyMap<FrameChannel, FrameLedger>

/** @returns what is wrong with the message, or null. */
export type HelloHandler = (peer: Peer, message: unknown, atMs: number) => string | null

export interface HelloHandlerDeps {
  readonly config: Pick<RealtimeConfig, 'pingIntervalMs' | 'resumeWindowMs'>
  readonly log: Logger
  readonly clock: Clock
  readonly store: Pick<Store, 'log' | 'ping'>
  readonly queue: Pick<EventQueue, 'flush'>
  readonly acks: AckSender
  readonly limits: ConnectionLimits
}

/** Events read from the end of a log: many times what a session makes within the resume window. */
const TAIL_EVENTS = 500
/** What a client keeps to send again: its allowance is that much larger once. */
const RING_SECONDS = 20

export function createHelloHandler(deps: HelloHandlerDeps): HelloHandler {
  const { config, log, clock, store, queue, acks, limits } = deps

  const readTail = ({ session }: Peer): Promise<SessionEvent[]> =>
    store.log.read(session.id, Math.max(0, session.appliedSeq - TAIL_EVENTS))

  const answer = (peer: Peer, hello: HelloData, recovered: boolean, ledgers: Ledgers) => {
    const atMs = clock.monotonicMs()
    const known = [...ledgers.values()]
    const credits = [...ledgers].map(([channel, each]) => acks.creditFor(peer, channel, each, atMs))
    const data = {
      recovered,
      epoch: known[0]?.epoch ?? hello.epoch ?? epochOf(peer),
      generation: known[0]?.generation ?? hello.generation ?? 0,
      ackedSeq: seqsOf(ledgers, (ledger) => ledger.ackSeq()),
      receivedSeq: seqsOf(ledgers, (ledger) => ledger.receivedSeq),
      credit: credits.length === 0 ? 0 : Math.min(...credits),
      eventSeq: hello.lastEventSeq ?? peer.session.appliedSeq,
      heartbeatMs: config.pingIntervalMs,
      limits,
    }
    send(peer, { type: 'ready', data }, atMs)
  }

  /** From here on the peer's numbered frames are taken. */
  const begin = (
    peer: Peer,
    hello: HelloData,
    ledgers: Ledgers,
    how: 'new' | 'remembered' | 'found',
    helloAtMs: number,
  ): void => {
    const { clientTime } = hello
    for (const [channel, ledger] of ledgers) {
      ledger.lastSeenAt = clock.monotonicMs()
      const frameClock = createFrameClock({
        maxLagMs: config.resumeWindowMs,
        ...(clientTime !== undefined && { offset: helloAtMs - clientTime }),
        notBefore: ledger.lastCapturedAt,
      })
      peer.session.takeNumbered(peer, channel, ledger, how === 'found')
      peer.streams[channel] = createFrameStream(channel, ledger, frameClock)
      const { bucket, perSecond } = peer.meters[channel]
      if (how !== 'new') bucket.grant(perSecond * RING_SECONDS)
    }
    answer(peer, hello, how !== 'new', ledgers)
  }

  const beginNew = (peer: Peer, hello: HelloData, helloAtMs: number): void => {
    const start = { epoch: epochOf(peer), generation: 0, after: -1 }
    const ledgers = new Map(
      framesOf(peer).map((channel) => [channel, createFrameLedger(start)] as const),
    )
    begin(peer, hello, ledgers, 'new', helloAtMs)
  }

  /** The epoch's ledger of a channel, where no other process can have gone on with it. */
  const remember = (
    { session }: Peer,
    channel: FrameChannel,
    hello: HelloData,
    atMs: number,
  ): FrameLedger | null => {
    const { ledger } = lineOf(session, channel)
    if (ledger === null || ledger.broken || ledger.epoch !== hello.epoch) return null
    if (hello.generation !== undefined && hello.generation !== ledger.generation) return null
    if (atMs - ledger.lastSeenAt > config.resumeWindowMs) return null
    const sentSeq = hello.lastFrameSeq?.[channel] ?? ledger.receivedSeq
    const ackedSeq = hello.ackedSeq?.[channel] ?? -1
    return sentSeq < ledger.receivedSeq || ackedSeq > ledger.ackSeq() ? null : ledger
  }

  /** All of the peer's channels, or null: an epoch is never gone on with in part. */
  const remembered = (peer: Peer, hello: HelloData, atMs: number): Ledgers | null => {
    const ledgers = new Map<FrameChannel, FrameLedger>()
    for (const channel of framesOf(peer)) {
      const ledger = remember(peer, channel, hello, atMs)
      if (ledger === null) return null
      ledgers.set(channel, ledger)
    }
    return ledgers
  }

  /** @throws StoreError where the database does not answer. */
  const find = async (peer: Peer, hello: HelloData, epoch: string, helloAtMs: number) => {
    // A flush waits for the database to come back; the client need not.
    await store.ping()
    // What this process itself still holds of the epoch, or has from the journal of a dead one.
    await queue.flush()
    const tail = await readTail(peer)
    if (peer.closed) return
    peer.session.pauses.relearn(tail)
    const starts = decideResume({
      ...{ epoch, hello, tail, channels: framesOf(peer) },
      ownConnectionIds: peer.seats.map(({ connectionId }) => connectionId),
      ...{ now: clock.wallMs(), resumeWindowMs: config.resumeWindowMs },
    })
    if (starts === null) beginNew(peer, hello, helloAtMs)
    else {
      const ledgers = new Map(
        [...starts].map(([channel, start]) => [channel, createFrameLedger(start)]),
      )
      begin(peer, hello, ledgers, 'found', helloAtMs)
    }
    replay(peer, hello, tail)
  }

  const replay = (peer: Peer, hello: HelloData, tail: readonly SessionEvent[]): void => {
    if (hello.lastEventSeq === undefined) return
    const atMs = clock.monotonicMs()
    const { startedAt, language } = peer.session
    const since = hello.lastEventSeq
    const withWindows = serves(peer, 'landmarks')
    const missed = replayEvents(tail, { since, withWindows, startedAt, language })
    for (const message of missed) send(peer, message, atMs)
  }

  /** Where it fails the client asks again on its next connection. */
  const replayFromLog = async (peer: Peer, hello: HelloData): Promise<void> => {
    const since = hello.lastEventSeq
    if (since === undefined || since >= peer.session.appliedSeq) return
    try {
      replay(peer, hello, await readTail(peer))
    } catch (error) {
      const session = shortSessionId(peer.session.id)
      log.debug({ event: 'replay.failed', session, err: error }, 'missed events were not read')
    }
  }

  const refuse = (peer: Peer, error: unknown): void => {
    const code = storeErrorCode(error)
    const level = code === 'INTERNAL' ? 'error' : 'debug'
    const session = shortSessionId(peer.session.id)
    log[level]({ event: 'resume.failed', session, err: error }, 'an epoch could not be looked up')
    closePeerWithError(peer, code, 'unavailable', clock.monotonicMs())
  }

  return (peer, message, atMs) => {
    const hello = readHello(message)
    if (hello === null) return 'BAD_HELLO'
    if (peer.greeted) return 'HELLO_TWICE'
    peer.greeted = true
    const channels = framesOf(peer)
    if (channels.length === 0) {
      answer(peer, hello, hello.epoch !== undefined, new Map())
      void replayFromLog(peer, hello)
      return null
    }
    const known = remembered(peer, hello, atMs)
    if (hello.epoch === undefined) beginNew(peer, hello, atMs)
    else if (known !== null) begin(peer, hello, known, 'remembered', atMs)
    else {
      for (const channel of channels) {
        peer.streams[channel] = createFrameStream(channel, null, createFrameClock())
      }
      find(peer, hello, hello.epoch, atMs).catch((error: unknown) => refuse(peer, error))
      return null
    }
    void replayFromLog(peer, hello)
    return null
  }
}

/** A connection's own id, which names the epoch that begins with it. */
function epochOf(peer: Peer): string {
  return peer.seats[0]?.connectionId ?? ''
}

/** The channels of this socket whose frames are numbered. */
function framesOf(peer: Peer): FrameChannel[] {
  return FRAME_CHANNELS.filter((channel) => serves(peer, channel))
}

function seqsOf(ledgers: Ledgers, seqOf: (ledger: FrameLedger) => number): ChannelSeqs {
  const seqs = [...ledgers].map(([channel, ledger]) => [channel, seqOf(ledger)] as const)
  return Object.fromEntries(seqs.filter(([, seq]) => seq >= 0))
}
