import { setTimeout as sleep } from 'node:timers/promises'
import { startGenerator } from './generator/generator.js'
import { type FrameFigures, measureFrames } from './measure/frame-load.js'
import { type IdleFigures, measureIdleMemory } from './measure/idle-memory.js'
import { measureReports, type ReportCase, type ReportFigures } from './measure/reports.js'
import { liveThroughSession } from './measure/session-history.js'
import { LOADS, type Plan, SPEAKING_LOAD } from './plan.js'
import type { Contestants } from './servers/test-bed.js'

/** One entry for each round, in order. */
export interface FrameResults {
  readonly json: FrameFigures[]
  readonly f32: FrameFigures[]
  readonly u16: FrameFigures[]
  /** It speaks nothing else. */
  readonly comparisonJson: FrameFigures[]
}

export interface IdleResults {
  readonly bemore: IdleFigures
  readonly comparison: IdleFigures
}

export type ReportResults = Readonly<
  Record<ReportCase, { readonly bemore: ReportFigures[]; readonly comparison: ReportFigures[] }>
>

type Log = (line: string) => void

/** Between two loads: closings reach the database, garbage is collected, clocks calm down. */
const PAUSE_MS = 1_000

export async function runFrameStage(
  { bemore, comparison }: Contestants,
  plan: Plan,
  log: Log,
): Promise<FrameResults> {
  const results: FrameResults = { json: [], f32: [], u16: [], comparisonJson: [] }
  const runs = [
    { subject: bemore, load: LOADS.json, into: results.json },
    { subject: comparison, load: LOADS.json, into: results.comparisonJson },
    { subject: bemore, load: LOADS.f32, into: results.f32 },
    { subject: bemore, load: LOADS.u16, into: results.u16 },
  ]
  const generator = startGenerator()
  try {
    for (let round = 1; round <= plan.frameRounds; round++) {
      for (const { subject, load, into } of runs) {
        const figures = await measureFrames(subject, generator, load, plan)
        into.push(figures)
        log(
          `frames ${round}/${plan.frameRounds}: ${subject.name}, ${load.encoding}: ${say(figures)}`,
        )
        await sleep(PAUSE_MS)
      }
    }
  } finally {
    await generator.stop()
  }
  return results
}

/** There is nothing to compare it with: the other server knows faces only. */
export async function runSpeakingStage(
  { bemore }: Contestants,
  plan: Plan,
  log: Log,
): Promise<FrameFigures[]> {
  const rounds: FrameFigures[] = []
  const generator = startGenerator()
  try {
    for (let round = 1; round <= plan.frameRounds; round++) {
      const figures = await measureFrames(bemore, generator, SPEAKING_LOAD, plan)
      rounds.push(figures)
      const { cpuMsPerSessionSecond, voiceFramesSent, utterancesSent } = figures
      log(
        `speaking ${round}/${plan.frameRounds}: ${cpuMsPerSessionSecond.toFixed(2)} CPU-ms per session-second, ` +
          `${voiceFramesSent} voice frames and ${utterancesSent} utterances sent; ${say(figures)}`,
      )
      await sleep(PAUSE_MS)
    }
  } finally {
    await generator.stop()
  }
  return rounds
}

function say(figures: FrameFigures): string {
  const { cpuMsPerThousand, latency, framesPerSecond, counted, skipped, received, lateness } =
    figures
  return [
    `${cpuMsPerThousand.toFixed(1)} CPU-ms per 1,000`,
    `${framesPerSecond.toFixed(0)}/s`,
    `pong p50 ${latency.p50.toFixed(2)} p99 ${latency.p99.toFixed(2)} ms`,
    `${counted.sent} sent, ${counted.frames} counted, ${counted.dropped} dropped, ${counted.rejected} rejected, ${skipped} skipped`,
    `${received} messages back`,
    `generator late p99 ${lateness.toFixed(2)} ms`,
  ].join('; ')
}

export async function runIdleStage(
  { bemore, comparison }: Contestants,
  plan: Plan,
  log: Log,
): Promise<IdleResults> {
  const measure = async (subject: Contestants['bemore']) => {
    const figures = await measureIdleMemory(subject, plan.idleSessions, plan.idleWarmUpSessions)
    log(`idle: ${subject.name}: ${(figures.bytesPerSession / 1024).toFixed(1)} KB a session`)
    return figures
  }
  return { bemore: await measure(bemore), comparison: await measure(comparison) }
}

export async function runReportStage(
  { bemore, comparison }: Contestants,
  plan: Plan,
  log: Log,
): Promise<ReportResults> {
  const history = liveThroughSession(plan.reportWindows, Date.now())
  const results: ReportResults = {
    fresh: { bemore: [], comparison: [] },
    unchanged: { bemore: [], comparison: [] },
  }
  const sessions = {
    bemore: await bemore.importSession(history),
    comparison: await comparison.importSession(history),
  }
  const contestants = { bemore, comparison }
  for (let round = 1; round <= plan.reportRounds; round++) {
    for (const reportCase of ['fresh', 'unchanged'] as const) {
      for (const who of ['bemore', 'comparison'] as const) {
        const { reportSeconds } = plan
        const subject = contestants[who]
        const figures = await measureReports(subject, sessions[who], reportCase, reportSeconds)
        results[reportCase][who].push(figures)
        log(
          `reports ${round}/${plan.reportRounds}: ${subject.name}, ${reportCase}: ` +
            `${figures.requestsPerSecond.toFixed(0)}/s, p99 ${figures.p99} ms, ` +
            `${(figures.serverCpu * 100).toFixed(0)} % of a processor`,
        )
      }
    }
  }
  return results
}
