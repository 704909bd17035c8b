import { randomUUID } from 'node:crypto'
import { createEvent, type FaceWindowData } from '@bemore/core'
import { createLogger } from '@bemore/ops'
import { createBus, createDatabase, createStore } from '@bemore/store'
import type { TestContext } from '@bemore/testing'
import type { Rig } from './rig.js'

/** A window of ten seconds with a face in it, as happy as asked. */
export function makeWindow(index: number, over: Partial<FaceWindowData> = {}): FaceWindowData {
  return {
    index,
    startMs: index * 10_000,
    endMs: (index + 1) * 10_000,
    frames: 100,
    usable: 100,
    noFace: 0,
    poseRejected: 0,
    rejected: 0,
    dropped: 0,
    weight: 90,
    probabilities: [0.7, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05],
    label: 'happy',
    valence: 0.5,
    arousal: 0.1,
    dominance: 0.2,
    valenceSlope: 0,
    arousalSlope: 0,
    dominanceSlope: 0,
    timeMean: 5,
    timeVariance: 8,
    transitions: 0,
    blinks: null,
    blinkObservedMs: 0,
    eyesClosedRatio: null,
    eyesObservedMs: 0,
    quality: 0.9,
    confidence: 0.8,
    entropy: 0.4,
    coverage: 1,
    actionUnits: null,
    aspectAssumed: false,
    meanAbsoluteYaw: 3,
    meanAbsolutePitch: 3,
    ...over,
  }
}

/**
 * A realtime process as the log and the bus see one: it has a heartbeat and connections of its own,
 * keeps windows open, appends them when asked to flush or when the session ends, and then closes its
 * channel.
 */
export async function createFakeRealtime(t: TestContext, { config }: Rig) {
  const processId = randomUUID()
  const log = createLogger({ name: 'realtime', level: 'fatal' })
  const database = createDatabase({ ...config, poolSize: 3 }, log)
  const store = createStore(database, config)
  const bus = createBus({ config, database, events: store.log, log })
  await bus.ready(5_000)
  await store.processes.heartbeat({ id: processId, kind: 'realtime', info: {} })
  t.teardown(async () => {
    await bus.close()
    await store.close(1_000)
  })

  let produced = 0
  const append = (sessionId: string, event: Parameters<typeof keyed>[1]) =>
    store.log.append([keyed(sessionId, event)])
  const keyed = (sessionId: string, event: ReturnType<typeof createEvent>) => ({
    sessionId,
    event,
    producer: processId,
    producerSeq: ++produced,
  })

  return {
    processId,
    appendWindow: (sessionId: string, window: FaceWindowData) =>
      append(sessionId, createEvent('face.window', Date.now(), { processId, window })),
    /** Opens the landmarks channel; `openWindow` is what it holds when asked to flush or to end. */
    async openChannel(sessionId: string, openWindow: () => FaceWindowData | null) {
      const channel = { channel: 'landmarks' as const, connectionId: randomUUID(), processId }
      const flush = async () => {
        const window = openWindow()
        if (window === null) return
        await append(sessionId, createEvent('face.window', Date.now(), { processId, window }))
      }
      const close = async () => {
        await flush()
        await append(
          sessionId,
          createEvent('channel.closed', Date.now(), { ...channel, code: 1000 }),
        )
      }
      bus.onFlushRequest(processId, flush)
      await append(sessionId, createEvent('channel.opened', Date.now(), channel))
      const followed = bus.follow(sessionId, 0, (events) => {
        if (events?.some(({ type }) => type === 'session.ended')) void close()
      })
      t.teardown(() => followed.release())
      return channel
    },
  }
}
