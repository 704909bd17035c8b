import type { Encoding } from './generator/frame-set.js'
import type { FrameLoad } from './measure/frame-load.js'

/** How long and how often things are measured. */
export interface Plan {
  readonly frameRounds: number
  readonly warmUpMs: number
  readonly measuredMs: number
  readonly idleWarmUpSessions: number
  readonly idleSessions: number
  readonly reportRounds: number
  readonly reportSeconds: number
  readonly reportWindows: number
  readonly accountRounds: number
  readonly accountMs: number
}

/**
 * A window of a session is 10 s: a load measured for that long has each session close one, wherever
 * it begins. Rounds take turns between the servers, so that a slow minute of the machine hits both.
 */
export const FULL: Plan = {
  frameRounds: 3,
  warmUpMs: 5_000,
  measuredMs: 10_000,
  idleWarmUpSessions: 200,
  idleSessions: 2_000,
  reportRounds: 3,
  reportSeconds: 5,
  reportWindows: 30,
  accountRounds: 3,
  accountMs: 3_000,
}

export const QUICK: Plan = {
  frameRounds: 1,
  warmUpMs: 3_000,
  measuredMs: 5_000,
  idleWarmUpSessions: 100,
  idleSessions: 500,
  reportRounds: 1,
  reportSeconds: 2,
  reportWindows: 30,
  accountRounds: 1,
  accountMs: 1_000,
}

/** 1,000 frames a second of JSON is 35 MB/s; browsers send it at 10 a second each. */
export const LOADS: Readonly<Record<Encoding, FrameLoad>> = {
  json: { encoding: 'json', sessions: 100, framesPerSecond: 10 },
  f32: { encoding: 'f32', sessions: 200, framesPerSecond: 50 },
  u16: { encoding: 'u16', sessions: 200, framesPerSecond: 50 },
}

/** A face, a voice in frames of 20 ms, and an utterance every 10 s: what a client with a microphone sends. */
export const SPEAKING_LOAD: FrameLoad = {
  encoding: 'u16',
  sessions: 100,
  framesPerSecond: 10,
  speech: { framesPerSecond: 50, utterancesPerSecond: 0.1 },
}
