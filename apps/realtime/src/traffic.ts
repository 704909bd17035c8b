/**
 * What comes in and goes out, as plain numbers: a frame costs an addition, and all else is done when
 * somebody scrapes.
 */
import { createTally, type Metrics, type Tally } from '@bemore/ops'
import { CLOSE_CODES, type SocketScope } from '@bemore/protocol'
import type { Peer } from './peer.js'

export interface Traffic {
  readonly landmarks: FrameCounts
  readonly voice: FrameCounts
  /** Utterances taken, by where they came from. */
  readonly utterances: Tally
  /** Chat replies, by source. */
  readonly replies: Tally
  /** Texts the risk screen flagged, by tier. */
  readonly riskFlags: Tally
  /** By channel (or `all`), and by close code. */
  readonly opened: Tally
  readonly closed: Tally
  /** Upgrades refused, by error code. */
  readonly refused: Tally
  windowsClosed: number
}

export interface FrameCounts {
  received: number
  /** Decoded and seen by the face engine. */
  measured: number
  /** Above the rate of their socket. */
  overRate: number
  /** Of a session that is not active, or of a socket that is being closed. */
  unwanted: number
  /** Of a face that may not be read. */
  withoutConsent: number
  /** Sent again after a reconnect, and known already. */
  repeated: number
  /** Of a client that had no credit. */
  withoutCredit: number
  /** Passed over because the process has more to do than it can. */
  shed: number
  /** By frame problem. */
  readonly rejected: Tally
}

export function createTraffic(): Traffic {
  return {
    landmarks: createFrameCounts(),
    voice: createFrameCounts(),
    utterances: createTally(),
    replies: createTally(),
    riskFlags: createTally(),
    opened: createTally(),
    closed: createTally(),
    refused: createTally(),
    windowsClosed: 0,
  }
}

function createFrameCounts(): FrameCounts {
  return {
    ...{ received: 0, measured: 0, overRate: 0, unwanted: 0, withoutConsent: 0 },
    ...{ repeated: 0, withoutCredit: 0, shed: 0 },
    rejected: createTally(),
  }
}

/** A client may close with any of 4,000 codes: those that mean nothing here are one label value. */
export function closeCodeLabel(code: number): string {
  return KNOWN_CODES.has(code) ? String(code) : 'other'
}

const KNOWN_CODES: ReadonlySet<number> = new Set([
  ...Object.values(CLOSE_CODES).map(({ code }) => code),
  // RFC 6455 §7.4.1: no code, cut off, unsupported, policy, too big, fault.
  ...[1003, 1005, 1006, 1007, 1008, 1009, 1011],
])

const SCOPES: readonly SocketScope[] = ['landmarks', 'voice', 'session', 'all']

export function registerTrafficMetrics(
  metrics: Metrics,
  traffic: Traffic,
  live: { readonly sockets: () => Iterable<Peer>; readonly sessions: () => number },
): void {
  metrics.gauge('bemore_sessions_live', 'Sessions this process holds', live.sessions)
  metrics.gauges('bemore_sockets_open', 'Sockets open now, by channel', ['channel'], () => {
    const open = new Map(SCOPES.map((scope) => [scope, 0]))
    for (const { scope } of live.sockets()) open.set(scope, (open.get(scope) ?? 0) + 1)
    return [...open].map(([scope, count]) => [count, scope] as const)
  })
  metrics.counters('bemore_sockets_opened_total', 'Sockets opened', ['channel'], () =>
    traffic.opened.samples(),
  )
  metrics.counters('bemore_sockets_closed_total', 'Sockets closed, by code', ['code'], () =>
    traffic.closed.samples(),
  )
  metrics.counters('bemore_upgrades_refused_total', 'Handshakes refused, by error', ['code'], () =>
    traffic.refused.samples(),
  )
  registerFrameMetrics(metrics, 'bemore_frames', 'Landmark', traffic.landmarks)
  registerFrameMetrics(metrics, 'bemore_voice_frames', 'Voice', traffic.voice)
  metrics.counters('bemore_utterances_total', 'Utterances taken, by channel', ['channel'], () =>
    traffic.utterances.samples(),
  )
  metrics.counters('bemore_risk_flags_total', 'Texts of risk, by tier', ['tier'], () =>
    traffic.riskFlags.samples(),
  )
  metrics.counters('bemore_chat_replies_total', 'Chat replies, by source', ['source'], () =>
    traffic.replies.samples(),
  )
  metrics.counter('bemore_windows_closed_total', 'Windows, and parts of windows, closed', () => {
    return traffic.windowsClosed
  })
}

function registerFrameMetrics(
  metrics: Metrics,
  prefix: string,
  kind: string,
  frames: FrameCounts,
): void {
  metrics.counter(`${prefix}_received_total`, `${kind} frames that came`, () => frames.received)
  metrics.counters(
    `${prefix}_rejected_total`,
    `${kind} frames that could not be read, by problem`,
    ['problem'],
    () => frames.rejected.samples(),
  )
  metrics.counters(
    `${prefix}_dropped_total`,
    `${kind} frames not looked at, by reason`,
    ['reason'],
    () => [
      [frames.overRate, 'rate'],
      [frames.unwanted, 'inactive'],
      [frames.withoutConsent, 'consent'],
      [frames.repeated, 'repeated'],
      [frames.withoutCredit, 'credit'],
      [frames.shed, 'overload'],
    ],
  )
}
