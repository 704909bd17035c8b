import type { SessionReport } from '@bemore/core'
import type { Palette } from '../palette.js'
import { renderPercent, renderSigned } from './bar.js'
import type { VoiceAnalysis } from './spoken-tally.js'

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** The voice panel of the web client in a line. */
export function renderVoice(analysis: VoiceAnalysis): string {
  const { speechRatio, pauseCount, averagePauseDuration, longestPause } = analysis
  return `voice: speaking ${renderPercent(speechRatio).trim()} of the time, ${pauseCount} pauses of ${seconds(averagePauseDuration)} on average, the longest ${seconds(longestPause)}`
}

/** Voice and words of the report, for a terminal. */
export function renderSpoken(report: SessionReport, paint: Palette): string[] {
  const { voice, utterances, distortions, interventions, narrative, timeline } = report
  return [
    paint.bold('Voice'),
    voice?.analysis ? `  ${renderVoice(voice.analysis)}` : '  none was heard',
    '',
    paint.bold('Words'),
    ...utterances.map(
      ({ text, emotion, valence }) =>
        `  ${renderSigned(valence)}  ${emotion.padEnd(9)}  ${text ?? '(not kept)'}`,
    ),
    ...distortions.map(({ name, count }) => `  a way of thinking, ${count}×: ${name}`),
    ...interventions.flatMap(({ questions }) => questions.map((question) => `  ? ${question}`)),
    ...timeline.flatMap(({ window, incongruence }) =>
      incongruence === null
        ? []
        : `  face and words on two sides, window ${window}: ${incongruence}`,
    ),
    '',
    paint.bold(`Narrative (source ${narrative.source})`),
    `  ${narrative.text}`,
  ]
}
