import { randomBytes } from 'node:crypto'
import { type Logger, shortSessionId } from '@bemore/ops'
import { StoreError } from '../database/store-error.js'
import type { Bus } from './bus.js'

export const FLUSH_CHANNEL = 'bemore_flush'

interface FlushRequest {
  readonly kind: 'request'
  readonly nonce: string
  readonly sessionId: string
  readonly processIds: readonly string[]
}

interface FlushDone {
  readonly kind: 'done'
  readonly nonce: string
  readonly processId: string
}

type FlushMessage = FlushRequest | FlushDone

/** Asks other processes, over notifications, to append what they hold; silence is an answer too. */
export interface FlushRequests extends Pick<Bus, 'requestFlush' | 'onFlushRequest'> {
  hear(payload: string): void
  close(): void
}

export function createFlushRequests(deps: {
  readonly notify: (channel: string, payload: string) => Promise<void>
  readonly log: Logger
}): FlushRequests {
  const { notify, log } = deps
  const handlers = new Map<string, (sessionId: string) => Promise<void>>()
  const pending = new Map<string, { answered: (processId: string) => void; end: () => void }>()

  const send = async (message: FlushMessage) => {
    try {
      await notify(FLUSH_CHANNEL, JSON.stringify(message))
    } catch (error) {
      // To the one who waits this is a silent process, which it goes on without.
      log.debug({ event: 'bus.flush_not_sent', err: error }, 'flush message not sent')
    }
  }

  const flush = async (processId: string, sessionId: string): Promise<boolean> => {
    const handler = handlers.get(processId)
    if (handler === undefined) return false
    try {
      await handler(sessionId)
      return true
    } catch (error) {
      // The database's troubles are told once, by the database, and not with every report asked for.
      const level = error instanceof StoreError ? 'debug' : 'warn'
      const session = shortSessionId(sessionId)
      log[level]({ event: 'bus.flush_failed', session, err: error }, 'open windows not appended')
      return false
    }
  }

  const hearRequest = (message: FlushRequest) => {
    // Our own request: its handlers were called directly.
    if (pending.has(message.nonce)) return
    for (const processId of message.processIds) {
      void answer(message, processId)
    }
  }
  const answer = async (request: FlushRequest, processId: string) => {
    const done = await flush(processId, request.sessionId)
    if (done) await send({ kind: 'done', nonce: request.nonce, processId })
  }

  return {
    async requestFlush(sessionId, processIds, timeoutMs) {
      const silent = new Set(processIds)
      if (silent.size === 0) return { silent: [] }
      const nonce = randomBytes(8).toString('hex')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        const end = () => {
          clearTimeout(timer)
          resolve()
        }
        const answered = (processId: string) => {
          silent.delete(processId)
          if (silent.size === 0) end()
        }
        pending.set(nonce, { answered, end })
        const others = processIds.filter((processId) => !handlers.has(processId))
        if (others.length > 0) void send({ kind: 'request', nonce, sessionId, processIds: others })
        for (const processId of processIds) {
          void flush(processId, sessionId).then((done) => {
            if (done) answered(processId)
          })
        }
      })
      pending.delete(nonce)
      return { silent: [...silent] }
    },
    onFlushRequest(processId, handler) {
      handlers.set(processId, handler)
    },
    hear(payload) {
      const message = parseMessage(payload)
      if (message?.kind === 'request') hearRequest(message)
      else if (message?.kind === 'done') pending.get(message.nonce)?.answered(message.processId)
    },
    close() {
      for (const { end } of pending.values()) end()
    },
  }
}

/** null for what another version, or a person, may have sent. */
function parseMessage(payload: string): FlushMessage | null {
  try {
    const message = JSON.parse(payload) as Partial<Record<string, unknown>> | null
    const { kind, nonce, sessionId, processIds, processId } = message ?? {}
    if (typeof nonce !== 'string') return null
    if (kind === 'done' && typeof processId === 'string') return { kind, nonce, processId }
    if (kind !== 'request' || typeof sessionId !== 'string' || !Array.isArray(processIds))
      return null
    return { kind, nonce, sessionId, processIds: processIds.map(String) }
  } catch {
    return null
  }
}
