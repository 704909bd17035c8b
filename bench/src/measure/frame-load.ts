import { setTimeout as sleep } from 'node:timers/promises'
import type { Encoding } from '../generator/frame-set.js'
import type { Generator } from '../generator/generator.js'
import type { LoadReport } from '../generator/orders.js'
import { type FrameCount, HOST, type Subject } from '../servers/subject.js'
import type { Percentiles } from './percentiles.js'
import { readCpuMs } from './process-usage.js'
import { endSessions, openSessions } from './sessions.js'

export interface FrameLoad {
  readonly encoding: Encoding
  readonly sessions: number
  /** Of each session. */
  readonly framesPerSecond: number
  /** Of each session, over a socket of its own; absent: there are only faces. */
  readonly speech?: {
    readonly framesPerSecond: number
    readonly utterancesPerSecond: number
  }
}

export interface FrameFigures {
  /** Processor time of the whole server process, all threads, per 1,000 messages of all kinds. */
  readonly cpuMsPerThousand: number
  /** The same for one session and one second of it. */
  readonly cpuMsPerSessionSecond: number
  /** Ping to pong on the sockets that carry the frames, ms. */
  readonly latency: Percentiles
  /** Frames the server had handled, per second of the run. */
  readonly framesPerSecond: number
  /** Share of one processor. */
  readonly cpuShare: number
  readonly sent: number
  readonly voiceFramesSent: number
  readonly utterancesSent: number
  readonly bytesPerMessage: number
  /** Messages that came back: pongs, live estimates, windows. */
  readonly received: number
  /** Turns the generator let pass because the server had not taken the frames before. */
  readonly skipped: number
  /** 99th percentile of how late the generator itself was, ms. */
  readonly lateness: number
  /** Of the whole run, warm-up included, from the windows in the database. */
  readonly counted: FrameCount & { readonly sent: number }
}

const PINGS_PER_SESSION = 1
const COUNT_TIMEOUT_MS = 15_000

/**
 * A paced load on fresh sessions. Each part of the load ends when every socket has had a pong behind
 * its last frame, so the processor time between two ends belongs to exactly the frames in between.
 * Afterwards the sessions end and their windows in the database must account for every frame sent.
 */
export async function measureFrames(
  subject: Subject,
  generator: Generator,
  load: FrameLoad,
  durations: { readonly warmUpMs: number; readonly measuredMs: number },
): Promise<FrameFigures> {
  const ids = await openSessions(subject, load.sessions)
  await generator.open({
    host: HOST,
    port: subject.socketPort,
    paths: ids.map((id) => `/ws/landmarks/${id}`),
    encoding: load.encoding,
    voicePaths: load.speech === undefined ? [] : ids.map((id) => `/ws/voice/${id}`),
  })
  const { framesPerSecond: voiceRate = 0, utterancesPerSecond = 0 } = load.speech ?? {}
  const run = (durationMs: number) =>
    generator.load({
      framesPerSecond: load.sessions * load.framesPerSecond,
      pingsPerSecond: load.sessions * PINGS_PER_SESSION,
      voiceFramesPerSecond: load.sessions * voiceRate,
      utterancesPerSecond: load.sessions * utterancesPerSecond,
      durationMs,
    })
  const warmUp = await run(durations.warmUpMs)
  const cpuBefore = await readCpuMs(subject.socketPid)
  const report = await run(durations.measuredMs)
  const cpuMs = (await readCpuMs(subject.socketPid)) - cpuBefore
  await generator.close()
  await endSessions(subject, ids)
  const sent = warmUp.sent + report.sent
  const counted = { ...(await waitForCount(subject, ids, sent)), sent }
  const said = warmUp.utterancesSent + report.utterancesSent
  const kept = said === 0 ? 0 : await subject.countUtterances(ids)
  if (kept !== said) {
    throw new Error(`${subject.name}: ${said} utterances sent, but its log holds ${kept}`)
  }
  return { ...describe(report, load.sessions, cpuMs), counted }
}

function describe(
  report: LoadReport,
  sessions: number,
  cpuMs: number,
): Omit<FrameFigures, 'counted'> {
  const { voiceFramesSent, utterancesSent } = report
  const messages = report.sent + voiceFramesSent + utterancesSent
  return {
    cpuMsPerThousand: (cpuMs / messages) * 1000,
    cpuMsPerSessionSecond: cpuMs / (sessions * (report.elapsedMs / 1000)),
    latency: report.latency,
    framesPerSecond: (report.sent / report.elapsedMs) * 1000,
    cpuShare: cpuMs / report.elapsedMs,
    sent: report.sent,
    ...{ voiceFramesSent, utterancesSent },
    bytesPerMessage: report.bytes / messages,
    received: report.messagesReceived,
    skipped: report.skipped,
    lateness: report.lateness.p99,
  }
}

/** The last windows may still be on their way into the database. */
async function waitForCount(
  subject: Subject,
  ids: readonly string[],
  sent: number,
): Promise<FrameCount> {
  const deadline = Date.now() + COUNT_TIMEOUT_MS
  for (;;) {
    const count = await subject.countFrames(ids)
    if (count.frames === sent) return count
    if (Date.now() > deadline) {
      throw new Error(
        `${subject.name}: ${sent} frames sent, but its windows tell of ${count.frames}`,
      )
    }
    await sleep(250)
  }
}
