import { createEvent, type FaceWindowData, type NewSessionEvent } from '@bemore/core'
import { makeWindow } from './fake-realtime.js'
import type { Rig } from './rig.js'

interface OwnedSession {
  /** Unix ms. */
  readonly at: number
  /** Of ten seconds each; the session is as long as they are together. */
  readonly windows?: readonly Partial<FaceWindowData>[]
  readonly events?: readonly NewSessionEvent[]
  readonly isRunning?: boolean
}

/** Puts a session of somebody into the log, whenever it was. */
export async function putSession(
  { store }: Pick<Rig, 'store'>,
  ownerId: string,
  { at, windows = [{}], events = [], isRunning = false }: OwnedSession,
): Promise<string> {
  const { session } = await store.sessions.start({
    ...{ ownerId, at, language: 'en', deviceWindowMs: 0 },
  })
  const endsAt = at + windows.length * 10_000
  await store.log.transact(session.id, 'test', () => [
    ...windows.map((window, index) =>
      createEvent('face.window', at + (index + 1) * 10_000, {
        processId: 'test',
        window: makeWindow(index, window),
      }),
    ),
    ...events,
    ...(isRunning ? [] : [createEvent('session.ended', endsAt, { reason: 'client' })]),
  ])
  return session.id
}
