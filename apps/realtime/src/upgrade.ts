/**
 * Who gets a socket. A client that must not have one is refused here, in HTTP, and never accepted and
 * then closed: the existing web client takes every open for a success and reconnects for ever.
 * A session that is live in this process is judged from memory, so a reconnect works while the
 * database is away.
 */
import type { SocketEntry, SocketGuard } from '@bemore/accounts'
import {
  createTokenBucket,
  type Health,
  type Logger,
  type Pressure,
  type RealtimeConfig,
  shortSessionId,
} from '@bemore/ops'
import {
  CHANNELS,
  type ErrorCode,
  isSessionId,
  parseSocketPath,
  type SocketScope,
  type SocketTarget,
} from '@bemore/protocol'
import type { Clock } from './clock.js'
import { preferredLanguage, refusal } from './http-replies.js'
import type { LiveSession } from './live-session.js'
import { createPeer, type Peer } from './peer.js'
import { createPeerMeters } from './peer-meters.js'
import type { SessionRegistry } from './session-registry.js'
import { storeErrorCode } from './store-error-code.js'
import type { TakeoverGuard } from './takeover-guard.js'
import type { UpgradeRequest, UpgradeVerdict } from './transport/port.js'

export interface UpgradeDeps {
  readonly config: Pick<
    RealtimeConfig,
    | 'maxConnections'
    | 'maxUpgradesPending'
    | 'upgradesPerSecond'
    | 'upgradeBurst'
    | 'landmarkFps'
    | 'voiceFps'
    | 'controlPerSecond'
  >
  readonly log: Logger
  readonly clock: Clock
  readonly health: Health
  readonly pressure: Pick<Pressure, 'level'>
  readonly registry: SessionRegistry
  readonly takeovers: TakeoverGuard
  readonly guard: SocketGuard
  readonly createId: () => string
  /** Sockets open now. */
  openSockets(): number
  onRefused(code: ErrorCode): void
}

interface Refusal {
  readonly code: ErrorCode
  readonly retryAfterMs?: number
}

const FULL_RETRY_MS = 5_000
const AWAY_RETRY_MS = 2_000
const REOPEN_RETRY_MS = 10_000
const OVERLOADED: Refusal = { code: 'OVERLOADED', retryAfterMs: AWAY_RETRY_MS }
const DRAINING: Refusal = { code: 'DRAINING', retryAfterMs: AWAY_RETRY_MS }

export function createUpgrade(deps: UpgradeDeps) {
  const { config, log, clock, health, pressure, registry, takeovers, guard, openSockets } = deps
  const arrivals = createTokenBucket(config.upgradesPerSecond, config.upgradeBurst)
  let pending = 0

  const isDraining = (): boolean => health.snapshot().status === 'draining'

  /** What can be said without knowing the session. */
  const judgeRequest = (target: SocketTarget | null): Refusal | null => {
    if (isDraining()) return DRAINING
    if (target === null) return { code: 'ROUTE_NOT_FOUND' }
    if (!isSessionId(target.sessionId)) return { code: 'SESSION_NOT_FOUND' }
    if (openSockets() + pending >= config.maxConnections) {
      return { code: 'SERVER_FULL', retryAfterMs: FULL_RETRY_MS }
    }
    // Before any work for it: a storm must cost those who are connected nothing.
    const isTooMuch = pressure.level === 'refuse' || !arrivals.take(clock.monotonicMs())
    return isTooMuch ? OVERLOADED : null
  }

  const judgeSession = (session: LiveSession, scope: SocketScope): Refusal | null => {
    // The stop may have begun while the database was asked.
    if (isDraining()) return DRAINING
    if (session.deleted) return { code: 'SESSION_NOT_FOUND' }
    if (session.status === 'ended') return { code: 'SESSION_ENDED' }
    const atMs = clock.monotonicMs()
    if (!session.opens.take(atMs)) return { code: 'RATE_LIMITED', retryAfterMs: REOPEN_RETRY_MS }
    for (const channel of scope === 'all' ? CHANNELS : [scope]) {
      const blockedMs = takeovers.blockedForMs(session.id, channel, atMs)
      if (blockedMs > 0 && session.isHeld(channel)) {
        return { code: 'RATE_LIMITED', retryAfterMs: blockedMs }
      }
    }
    return null
  }

  /** Asks the database; only so many handshakes may wait for that. */
  const ask = async <Answer>(
    sessionId: string,
    question: () => Promise<Answer>,
  ): Promise<Answer | Refusal> => {
    if (pending >= config.maxUpgradesPending) {
      return { code: 'SERVER_FULL', retryAfterMs: FULL_RETRY_MS }
    }
    pending += 1
    try {
      return await question()
    } catch (error) {
      const code = storeErrorCode(error)
      const session = shortSessionId(sessionId)
      const level = code === 'INTERNAL' ? 'error' : 'debug'
      log[level]({ event: 'upgrade.failed', session, err: error }, 'a session could not be read')
      return { code, retryAfterMs: AWAY_RETRY_MS }
    } finally {
      pending -= 1
    }
  }

  const attach = async (sessionId: string): Promise<LiveSession | Refusal> => {
    if (!health.isReady()) return { code: 'DATABASE_UNREACHABLE', retryAfterMs: AWAY_RETRY_MS }
    const session = await ask(sessionId, () => registry.attach(sessionId))
    return typeof session === 'string' ? { code: session } : session
  }

  const judgeOwner = async (
    { id, ownerId }: LiveSession,
    subprotocols: readonly string[],
  ): Promise<Refusal | SocketEntry> => {
    if (ownerId === null) return { signInId: null }
    const entry = await ask(id, () => guard(ownerId, subprotocols))
    return typeof entry === 'string' ? { code: entry } : entry
  }

  const judge = async (
    target: SocketTarget | null,
    subprotocols: readonly string[],
  ): Promise<Peer | Refusal> => {
    const refused = judgeRequest(target)
    if (refused !== null || target === null) return refused ?? { code: 'ROUTE_NOT_FOUND' }
    const session = registry.find(target.sessionId) ?? (await attach(target.sessionId))
    if ('code' in session) return session
    // From here on it is not let go of, however long the question for its owner takes.
    session.reservations += 1
    // That comes before the session's allowance is touched, which is its owner's.
    const letGo = (refusal: Refusal): Refusal => {
      session.reservations -= 1
      return refusal
    }
    const entry = await judgeOwner(session, subprotocols)
    if ('code' in entry) return letGo(entry)
    const declined = judgeSession(session, target.scope)
    if (declined !== null) return letGo(declined)
    const meters = createPeerMeters(config)
    return createPeer(session, target.scope, meters, deps.createId, entry.signInId)
  }

  return async (request: UpgradeRequest): Promise<UpgradeVerdict<Peer>> => {
    const target = parseSocketPath(request.path, request.query)
    const verdict = await judge(target, request.subprotocols)
    if (!('code' in verdict)) return { accepted: true, peer: verdict }
    const { code } = verdict
    const session = target === null ? undefined : shortSessionId(target.sessionId)
    log.debug({ event: 'upgrade.refused', code, session }, 'refused an upgrade')
    deps.onRefused(code)
    const language = preferredLanguage(request.acceptLanguage)
    return { accepted: false, reply: refusal(verdict.code, language, verdict.retryAfterMs) }
  }
}
