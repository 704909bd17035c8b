import type { NewSessionEvent } from '@bemore/core'

/** What the benchmark needs of a server, ours or the one it is compared with. */
export interface Subject {
  readonly name: 'BeMore' | 'Express + ws'
  /** The process that holds the WebSockets. */
  readonly socketPid: number
  /** Where its WebSockets are. */
  readonly socketPort: number
  /** The process that answers HTTP; the same one in a server of one process. */
  readonly httpPid: number
  readonly httpPort: number
  /** The inspector of the process that holds the WebSockets; null unless asked for. */
  readonly inspectorPort: number | null
  readonly databaseUrl: string
  /** @returns the id */
  startSession(): Promise<string>
  endSession(sessionId: string): Promise<void>
  /** What the database says of these sessions' windows. */
  countFrames(sessionIds: readonly string[]): Promise<FrameCount>
  /** How many utterances the database holds of these sessions. */
  countUtterances(sessionIds: readonly string[]): Promise<number>
  /** A finished session with these windows, as if it had been lived through. */
  importSession(history: SessionHistory): Promise<string>
  stop(): Promise<void>
}

/** Sums over the windows of some sessions. */
export interface FrameCount {
  /** All that arrived, the two below among them. */
  readonly frames: number
  /** Sampled away, never looked at. */
  readonly dropped: number
  /** Malformed or late. */
  readonly rejected: number
}

export interface SessionHistory {
  /** Whose it is, where there are accounts; else nobody's. */
  readonly ownerId?: string
  /** Unix ms. */
  readonly startedAt: number
  readonly endedAt: number
  readonly windows: readonly Extract<NewSessionEvent, { type: 'face.window' }>[]
}

export interface SubjectOptions {
  readonly databaseUrl: string
  /** Opens V8's inspector on the process that holds the WebSockets. */
  readonly inspect: boolean
}

export const HOST = '127.0.0.1'
/** In production there has to be one; it guards nothing here. */
export const AUTH_SECRET = 'a secret of the benchmark, which guards nothing'

/** Both subjects have the same two routes for it. */
export function commandSessions(port: number): Pick<Subject, 'startSession' | 'endSession'> {
  return {
    startSession: async () => String((await postJson(port, '/api/session/start'))['sessionId']),
    endSession: async (id) => {
      await postJson(port, `/api/session/${id}/end`)
    },
  }
}

async function postJson(port: number, path: string): Promise<Record<string, unknown>> {
  const reply = await fetch(`http://${HOST}:${port}${path}`, { method: 'POST' })
  const body = (await reply.json()) as { data?: Record<string, unknown> }
  if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${JSON.stringify(body)}`)
  return body.data ?? {}
}
