import type { SessionReport } from '@bemore/core'
import type { Palette } from '../palette.js'
import { renderPercent, renderShareBar, renderSigned, renderSignedBar } from './bar.js'
import type { Check } from './check.js'
import type { DemoTally } from './demo-tally.js'
import { renderSpoken } from './spoken-report.js'

const SHARE_WIDTH = 30
/** Shares below this are noise of the softmax. */
const WORTH_A_ROW = 0.01

/** The report as a terminal shows it. */
export function renderReport(report: SessionReport, paint: Palette): string {
  return [
    paint.bold(`Report of ${report.sessionId}`),
    renderTimes(report),
    '',
    ...renderWindows(report, paint),
    '',
    paint.bold('Mean probability of each expression'),
    ...renderDistribution(report),
    '',
    ...renderSpoken(report, paint),
    '',
    paint.bold('Observations'),
    ...report.keyObservations.map((sentence) => `  ${sentence}`),
    '',
    paint.bold('Data quality'),
    ...renderQuality(report),
    '',
    paint.dim(report.notice),
  ].join('\n')
}

function renderTimes({ startedAt, durationMs, activeDurationMs, pauses, status }: SessionReport) {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return `  started ${startedAt}, ${status}, ${seconds(durationMs)}, ${seconds(activeDurationMs)} of them active, pauses: ${pauses.length}`
}

function renderWindows({ timeline }: SessionReport, paint: Palette): string[] {
  const head =
    '  window  from    expression  confidence  -    valence    +        arousal  frames  coverage'
  const rows = timeline.map((entry) =>
    [
      `  ${String(entry.window).padStart(6)}`,
      `${entry.t / 1000} s`.padEnd(6),
      entry.emotion.padEnd(10),
      renderPercent(entry.confidence).padStart(10),
      `${renderSignedBar(entry.valence)} ${renderSigned(entry.valence)}`,
      renderSigned(entry.arousal),
      String(entry.frameCount).padStart(6),
      renderPercent(entry.coverage).padStart(8),
    ].join('  '),
  )
  return [paint.bold(head), ...rows]
}

function renderDistribution({ expression }: SessionReport): string[] {
  const rows = Object.entries(expression.distribution)
    .filter(([, share]) => share >= WORTH_A_ROW)
    .sort(([, left], [, right]) => right - left)
  if (rows.length === 0) return ['  none: no usable face was seen']
  return rows.map(
    ([label, share]) =>
      `  ${label.padEnd(10)} ${renderPercent(share)} ${renderShareBar(share, SHARE_WIDTH)}`,
  )
}

function renderQuality({ dataQuality }: SessionReport): string[] {
  const { frames, usableFrames, framesWithoutFace, framesRejectedByPose } = dataQuality
  const { framesMalformed, framesDropped, coverage, meanQuality, flags } = dataQuality
  return [
    `  frames ${frames}: usable ${usableFrames}, without a face ${framesWithoutFace}, turned away ${framesRejectedByPose}, malformed ${framesMalformed}, dropped ${framesDropped}`,
    `  coverage ${renderPercent(coverage).trim()}, mean quality ${renderPercent(meanQuality).trim()}${flags.length > 0 ? `, flags: ${flags.join(', ')}` : ''}`,
  ]
}

export const renderChecks = (checks: readonly Check[], paint: Palette): string =>
  checks.map(({ good, what }) => `${markOf(good, paint)} ${what}`).join('\n')

function markOf(good: boolean | null, paint: Palette): string {
  if (good === null) return paint.dim('–')
  return good ? paint.green('✓') : paint.red('✗')
}

export function renderFrames(
  { framesSent, framesUnsent }: Pick<DemoTally, 'framesSent' | 'framesUnsent'>,
  { dataQuality }: SessionReport,
): string {
  const sent = `  frames sent ${framesSent}, in the report ${dataQuality.frames} (those of the pause are not taken)`
  return framesUnsent > 0 ? `${sent}\n  frames that found no open socket: ${framesUnsent}` : sent
}
