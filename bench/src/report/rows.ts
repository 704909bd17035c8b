import type { FrameFigures } from '../measure/frame-load.js'
import { medianOf } from '../measure/percentiles.js'
import type { ReportFigures } from '../measure/reports.js'
import type { FrameResults, IdleResults, ReportResults } from '../stages.js'

export interface Results {
  readonly frames: FrameResults | null
  readonly speaking: readonly FrameFigures[] | null
  readonly idle: IdleResults | null
  readonly reports: ReportResults | null
}

/** One line of the table; `met` is null where nothing was promised. */
export interface Row {
  readonly metric: string
  readonly unit: string
  readonly bemore: number
  readonly comparison: number | null
  /** How many times better than the comparison. */
  readonly ratio: number | null
  readonly target: string
  readonly met: boolean | null
}

interface Promised {
  /** Limit on our own figure: an upper one where less is better. */
  readonly atMost?: number
  readonly timesBetter?: number
}

/** What is promised, in the order of the table. */
const TARGETS = {
  jsonCost: { atMost: 250, timesBetter: 2 },
  u16Cost: { atMost: 40, timesBetter: 8 },
  latency: { atMost: 100 },
  idle: { atMost: 30 },
  fresh: { timesBetter: 3 },
  unchanged: { timesBetter: 8 },
} as const satisfies Record<string, Promised>

export function toRows({ frames, speaking, idle, reports }: Results): Row[] {
  return [
    ...(frames === null ? [] : toFrameRows(frames)),
    ...(speaking === null ? [] : toSpeakingRows(speaking)),
    ...(idle === null
      ? []
      : [
          lessIsBetter('memory of an idle session', 'KB', TARGETS.idle, {
            bemore: idle.bemore.bytesPerSession / 1024,
            comparison: idle.comparison.bytesPerSession / 1024,
          }),
        ]),
    ...(reports === null ? [] : toReportRows(reports)),
  ]
}

function toFrameRows({ json, f32, u16, comparisonJson }: FrameResults): Row[] {
  const cost = (rounds: readonly FrameFigures[]) =>
    medianOf(rounds.map(({ cpuMsPerThousand }) => cpuMsPerThousand))
  const theirs = cost(comparisonJson)
  const unit = 'CPU-ms per 1,000'
  return [
    lessIsBetter('JSON frames, 1,000/s', unit, TARGETS.jsonCost, {
      bemore: cost(json),
      comparison: theirs,
    }),
    lessIsBetter(
      'f32 frames, 10,000/s (their JSON, 1,000/s)',
      unit,
      {},
      {
        bemore: cost(f32),
        comparison: theirs,
      },
    ),
    lessIsBetter('u16 frames, 10,000/s (their JSON, 1,000/s)', unit, TARGETS.u16Cost, {
      bemore: cost(u16),
      comparison: theirs,
    }),
    ...toLatencyRows('at 1,000 JSON frames/s', json, comparisonJson),
    ...toLatencyRows('at 10,000 u16 frames/s', u16, null),
  ]
}

function toSpeakingRows(rounds: readonly FrameFigures[]): Row[] {
  const load = 'face u16 10 fps, voice PCM 20 ms, an utterance every 10 s'
  const ours = (figure: 'cpuMsPerThousand' | 'cpuMsPerSessionSecond') => ({
    bemore: medianOf(rounds.map((each) => each[figure])),
    comparison: null,
  })
  return [
    lessIsBetter(load, 'CPU-ms per 1,000', {}, ours('cpuMsPerThousand')),
    lessIsBetter(load, 'CPU-ms per session-second', {}, ours('cpuMsPerSessionSecond')),
    ...toLatencyRows('at 100 such sessions', rounds, null),
  ]
}

/** The median of the rounds' p50, the worst of their p99: a tail is not averaged away. */
function toLatencyRows(
  when: string,
  ours: readonly FrameFigures[],
  theirs: readonly FrameFigures[] | null,
): Row[] {
  const p50 = (rounds: readonly FrameFigures[]) =>
    medianOf(rounds.map(({ latency }) => latency.p50))
  const p99 = (rounds: readonly FrameFigures[]) =>
    Math.max(...rounds.map(({ latency }) => latency.p99))
  return [
    lessIsBetter(
      `ping to pong ${when}, p50`,
      'ms',
      {},
      {
        bemore: p50(ours),
        comparison: theirs && p50(theirs),
      },
    ),
    lessIsBetter(`ping to pong ${when}, p99`, 'ms', TARGETS.latency, {
      bemore: p99(ours),
      comparison: theirs && p99(theirs),
    }),
  ]
}

function toReportRows(reports: ReportResults): Row[] {
  const rate = (rounds: readonly ReportFigures[]) =>
    medianOf(rounds.map(({ requestsPerSecond }) => requestsPerSecond))
  return [
    moreIsBetter('report, whole (200)', 'requests/s', TARGETS.fresh, {
      bemore: rate(reports.fresh.bemore),
      comparison: rate(reports.fresh.comparison),
    }),
    moreIsBetter('report, unchanged (304)', 'requests/s', TARGETS.unchanged, {
      bemore: rate(reports.unchanged.bemore),
      comparison: rate(reports.unchanged.comparison),
    }),
  ]
}

interface Pair {
  readonly bemore: number
  readonly comparison: number | null
}

function lessIsBetter(metric: string, unit: string, promised: Promised, pair: Pair): Row {
  return toRow(metric, unit, promised, pair, (ours, theirs) => theirs / ours)
}

function moreIsBetter(metric: string, unit: string, promised: Promised, pair: Pair): Row {
  return toRow(metric, unit, promised, pair, (ours, theirs) => ours / theirs)
}

function toRow(
  metric: string,
  unit: string,
  { atMost, timesBetter }: Promised,
  { bemore, comparison }: Pair,
  compare: (ours: number, theirs: number) => number,
): Row {
  const ratio = comparison === null ? null : compare(bemore, comparison)
  const target = [
    ...(atMost === undefined ? [] : [`≤ ${atMost} ${unit.split(' ')[0]}`]),
    ...(timesBetter === undefined ? [] : [`≥ ${timesBetter}×`]),
  ].join(', ')
  const met =
    target === ''
      ? null
      : (atMost === undefined || bemore <= atMost) &&
        (timesBetter === undefined || (ratio !== null && ratio >= timesBetter))
  return { metric, unit, bemore, comparison, ratio, target, met }
}
