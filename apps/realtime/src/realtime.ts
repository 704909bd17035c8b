/**
 * Puts the parts of the realtime process together. Nothing here runs by itself: `start` sets the
 * clocks going, `tick` is one turn of them, and a test may call it instead.
 */
import { randomUUID } from 'node:crypto'
import { createFaceReader, createVoiceReader, type TextEmotionModel } from '@bemore/core'
import {
  describeHealth,
  type Health,
  type Lifecycle,
  type Logger,
  type Metrics,
  type Pressure,
  type ProcessIdentity,
  type RealtimeConfig,
} from '@bemore/ops'
import { createLandmarkFrame } from '@bemore/protocol'
import {
  type Bus,
  createPresence,
  type Database,
  type EventQueue,
  type SchemaState,
  type Store,
} from '@bemore/store'
import { createAckSender } from './ack-sender.js'
import { announcedLimits } from './announced-limits.js'
import { type Companion, createChatHandler } from './chat-handler.js'
import { type Clock, createSteadyClock } from './clock.js'
import { createCommandHandler } from './command-handler.js'
import { createConsentHandler } from './consent-handler.js'
import { drainSockets } from './drain.js'
import { createFaceTrack } from './face-track.js'
import { createFrameIntake } from './frame-intake.js'
import { createHealthMonitor } from './health-monitor.js'
import { createHelloHandler } from './hello-handler.js'
import { createHttpRoutes } from './http-routes.js'
import { createLiveSession, type LiveSessionDeps } from './live-session.js'
import { createMessageHandler } from './message-handler.js'
import { withMetricsRoute } from './metrics-route.js'
import { createNumberedIntake } from './numbered-intake.js'
import { createOwnAppends } from './own-appends.js'
import { createPartLedgers } from './part-ledgers.js'
import type { Peer } from './peer.js'
import { createRecentFrames } from './recent-frames.js'
import { type Repetition, repeat } from './repeat.js'
import { createSessionGuard } from './session-guard.js'
import { createSessionRegistry } from './session-registry.js'
import { createShedding } from './shedding.js'
import { createSocketHandlers } from './socket-handlers.js'
import { sweepSocket } from './socket-sweep.js'
import { createTakeoverGuard } from './takeover-guard.js'
import { createTraffic, registerTrafficMetrics } from './traffic.js'
import { loadTransport } from './transport/load-transport.js'
import type { Transport, TransportHandlers, TransportOptions } from './transport/port.js'
import { createUpgrade } from './upgrade.js'
import { createUtteranceHandler } from './utterance-handler.js'
import { createVoiceIntake } from './voice-intake.js'
import { createVoiceTrack } from './voice-track.js'
import { createWindowPublisher } from './window-publisher.js'

export interface RealtimeDeps {
  readonly config: RealtimeConfig
  readonly log: Logger
  readonly database: Pick<Database, 'state'>
  readonly store: Store
  readonly bus: Bus
  readonly queue: EventQueue
  readonly health: Health
  readonly metrics: Metrics
  readonly pressure: Pressure
  readonly textModel: TextEmotionModel
  readonly companion: Companion
  /** Its id names this run of the process in the log of sessions and in the process registry. */
  readonly identity: ProcessIdentity
  checkSchema(): Promise<SchemaState>
  /** An operator wishes that this process stop. */
  onDrainRequested?(): void
  readonly clock?: Clock
}

export interface Realtime {
  /** @returns the port. @throws ExitError 75 where it is taken. */
  listen(): Promise<number>
  /** Sets the clocks going: windows, life signs, heartbeat, health. */
  start(): void
  /** One turn of the fast clock (250 ms): closes windows that are due. */
  tick(): void
  /** One turn of the slow clock (1 s): looks at every socket. */
  sweep(): void
  /** Until ready, whether the database may be worked on; then whether it answers. */
  checkDatabase(): Promise<void>
  /** Registers the steps of the orderly stop, all but those of store and bus. */
  stopWith(lifecycle: Lifecycle): void
  counts(): { readonly connections: number; readonly sessions: number }
}

const TICK_MS = 250
const SWEEP_MS = 1_000
const DATABASE_CHECK_MS = 1_000
/**
 * The engine's limits lie above the announced ones: a message in between can still be answered with
 * what is wrong with it, and a slow consumer can still be told so.
 */
const HARD_LIMIT_FACTOR = 2
const CLOSE_GRACE_MS = 4_000
/** Of the time for the whole stop, what the last append may take. */
const QUEUE_SHARE = 0.2

export function createRealtime(deps: RealtimeDeps): Realtime {
  const { config, log, database, store, bus, queue, health, identity } = deps
  const { clock = createSteadyClock() } = deps
  const { pressure } = deps
  const processId = identity.id
  const traffic = createTraffic()
  const push: EventQueue['push'] = (sessionId, event) => {
    if (event.type === 'face.window') traffic.windowsClosed += 1
    queue.push(sessionId, event)
  }
  /** Where it fails the events go on waiting, which health tells. */
  const flush = (): Promise<void> =>
    queue.flush().catch((error: unknown) => {
      log.debug({ event: 'queue.flush_failed', err: error }, 'events not appended yet')
    })

  // One for all sessions: messages are handled one at a time.
  const reader = createFaceReader()
  const voiceReader = createVoiceReader()
  const takeovers = createTakeoverGuard()
  const parts = createPartLedgers()
  const windows = createWindowPublisher({ clock, parts, push })
  const acks = createAckSender(config)
  const sessionDeps: LiveSessionDeps = {
    ...{ processId, clock, takeovers, windows, push, opensPerMinute: config.opensPerMinute },
    ...{ model: deps.textModel, log, riskFlags: traffic.riskFlags },
    policy: config,
    flushSoon: () => void flush(),
    createFaceTrack: (startedAt, baseline, fusion) =>
      createFaceTrack(startedAt, baseline, config.affectPerSecond, reader, fusion),
    createVoiceTrack: (startedAt) => createVoiceTrack(startedAt, voiceReader),
  }
  const registry = createSessionRegistry({
    ...{ store, bus, clock, holdMs: config.sessionHoldMs },
    isDatabaseAway: () => health.snapshot().causes.some(({ code }) => code.startsWith('DATABASE_')),
    createSession: (row, past) => createLiveSession(sessionDeps, row, past),
  })
  const ownAppends = createOwnAppends(registry)
  const shedding = createShedding(pressure)
  // One for all sockets, like the reader.
  const frame = createLandmarkFrame()
  const numbered = createNumberedIntake({ clock, acks, frame, shedding, counts: traffic.landmarks })
  const sockets = createSocketHandlers({
    ...{ config, log, clock, traffic },
    handleMessage: createMessageHandler({
      ...{ config, clock },
      traffic,
      voice: createVoiceIntake({ clock, acks, counts: traffic.voice }),
      utterances: createUtteranceHandler({ config, clock, utterances: traffic.utterances }),
      chat: createChatHandler({
        ...{ config, log, clock, replies: traffic.replies },
        companion: deps.companion,
      }),
      frames: createFrameIntake({ clock, frame, shedding, numbered, counts: traffic.landmarks }),
      commands: createCommandHandler({ log, store, clock, ownAppends, producer: processId }),
      consent: createConsentHandler({
        ...{ policy: config, log, store, clock, ownAppends, producer: processId },
      }),
      hello: createHelloHandler({
        ...{ config, log, clock, store, queue, acks, limits: announcedLimits(config) },
      }),
    }),
  })
  registerTrafficMetrics(deps.metrics, traffic, {
    sockets: () => sockets.open,
    sessions: () => registry.size,
  })
  const counts = () => ({ connections: sockets.open.size, sessions: registry.size })
  const presence = createPresence({
    ...{ identity, processes: store.processes, health, log, counts },
    heartbeatMs: config.heartbeatMs,
    onDrainRequested: () => deps.onDrainRequested?.(),
  })
  const { checkSchema } = deps
  const { announce } = presence
  const monitor = createHealthMonitor({
    ...{ config, log, database, store, bus, queue, health, clock, checkSchema, announce },
    frames: createRecentFrames(traffic.landmarks, clock.monotonicMs()),
  })
  const describe = () =>
    describeHealth({
      ...{ identity, bus, pressure, database: database.state },
      health: health.snapshot(),
      nowMs: clock.wallMs(),
      own: { ...counts(), queue: { events: queue.size, oldestAgeMs: queue.oldestAgeMs } },
    })
  const guard = createSessionGuard({ config, log, store, clock })
  const handlers: TransportHandlers<Peer> = {
    ...sockets,
    request: withMetricsRoute(deps, createHttpRoutes({ health, describe })),
    upgrade: createUpgrade({
      ...{ config, log, clock, health, pressure, registry, takeovers },
      guard: guard.admit,
      createId: randomUUID,
      openSockets: () => sockets.open.size,
      onRefused: (code) => traffic.refused.add(code),
    }),
  }
  const repetitions: Repetition[] = []
  let transport: Transport | null = null

  queue.onAppended((ranges, events) => {
    ownAppends.deliverBatch(ranges, events)
    windows.appended(events)
  })
  queue.onDurable((events) => parts.durable(events))
  queue.onDropped((_reason, events) => parts.dropped(events))
  bus.onFlushRequest(processId, async (sessionId) => {
    registry.find(sessionId)?.closeWindows()
    await queue.flush()
  })

  const tick = (): void => {
    const wallMs = clock.wallMs()
    const atMs = clock.monotonicMs()
    for (const session of registry.all()) {
      session.closeOverdueWindows(wallMs)
      const { streaming } = session.face
      if (streaming !== null) acks.tick(streaming, 'landmarks', atMs)
      if (session.voice.streaming !== null) acks.tick(session.voice.streaming, 'voice', atMs)
    }
    windows.releaseLate()
  }
  const sweep = (): void => {
    clock.settle(store.clockEpochMs, config.clockSkewMs)
    const atMs = clock.monotonicMs()
    for (const peer of sockets.open) sweepSocket(peer, config, atMs)
    takeovers.sweep(atMs)
    registry.detachIdle()
    monitor.inspect()
  }

  return {
    async listen() {
      const createTransport = await loadTransport(config.transport)
      transport = createTransport<Peer>(transportOptions(config), handlers)
      return transport.listen(config.host, config.realtimePort)
    },
    start() {
      repetitions.push(
        repeat(TICK_MS, tick),
        repeat(SWEEP_MS, sweep),
        repeat(config.tokenCheckMs, () => guard.sweep(sockets.open)),
        repeat(DATABASE_CHECK_MS, () => monitor.checkDatabase()),
      )
      presence.start()
    },
    tick,
    sweep,
    checkDatabase: () => monitor.checkDatabase(),
    stopWith(lifecycle) {
      lifecycle.onStop('refuse', 'listening', () => {
        health.markDraining()
        transport?.stopListening()
      })
      const { drainSpreadMs: spreadMs } = config
      lifecycle.onStop('drain', 'sockets', (withinMs) =>
        drainSockets({ registry, clock, flush, spreadMs }, withinMs),
      )
      lifecycle.onStop('flush', 'events', async () => {
        await queue.close(config.shutdownTimeoutMs * QUEUE_SHARE)
        await Promise.all(repetitions.map((each) => each.stop()))
        await presence.leave()
      })
      lifecycle.onStop('close', 'transport', () => transport?.close())
    },
    counts,
  }
}

function transportOptions(config: RealtimeConfig): TransportOptions {
  return {
    hardMessageBytes: config.maxMessageBytes * HARD_LIMIT_FACTOR,
    maxUnsentBytes: config.slowConsumerBytes * HARD_LIMIT_FACTOR,
    closeGraceMs: CLOSE_GRACE_MS,
  }
}
