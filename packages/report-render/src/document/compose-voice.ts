import { drawVoiceStrip } from '../charts/strips.js'
import { LIMITS } from '../limits.js'
import { writeClock, writePercent, writePercentOrDash } from '../wording/figures.js'
import { cap, type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

export function composeVoice({ report, words, stretches, pauses }: Material): Section {
  const { voice, durationMs, timeline } = report
  const title = words.section.voice
  if (voice === null || voice.heardMs === 0) {
    return { title, blocks: [say(words.voiceNone, 'quiet')] }
  }
  const { voiceFact, column } = words
  const orUnknown = (value: number | null, write: (value: number) => string) =>
    value === null ? words.unknown : write(value)
  const seconds = (ms: number) => words.seconds((ms / 1000).toFixed(1))
  const heard = timeline.filter((entry) => entry.voice !== null)
  const { kept, more } = cap(heard, LIMITS.windowRows, words.moreWindows)
  return {
    title,
    blocks: [
      say(words.flow[voice.flow]),
      {
        kind: 'chart',
        drawing: drawVoiceStrip(
          stretches,
          pauses,
          durationMs,
          words.voiceShown(orUnknown(voice.speakingRatio, writePercent)),
          words,
        ),
        table: {
          head: [column.time, column.speaking],
          rows: kept.map((entry) => [
            writeClock(entry.t),
            writePercentOrDash(entry.voice?.speakingRatio ?? null),
          ]),
          more,
        },
      },
      {
        kind: 'facts',
        items: [
          { term: voiceFact.heard, value: writeClock(voice.heardMs) },
          { term: voiceFact.speaking, value: orUnknown(voice.speakingRatio, writePercent) },
          { term: voiceFact.pauses, value: words.count(voice.pauseCount) },
          { term: voiceFact.meanPause, value: orUnknown(voice.meanPauseMs, seconds) },
          { term: voiceFact.longestPause, value: orUnknown(voice.longestPauseMs, seconds) },
          {
            term: voiceFact.rate,
            value: orUnknown(voice.speechRate, (rate) => words.syllables(rate.toFixed(1))),
          },
          { term: voiceFact.latency, value: orUnknown(voice.responseLatencyMs, seconds) },
          {
            term: voiceFact.pitchRange,
            value: orUnknown(voice.pitchRange, (range) => words.semitones(range.toFixed(1))),
          },
        ],
      },
      ...(voice.speechRate !== null && voice.rateEstimated
        ? [say(words.rateEstimated, 'quiet')]
        : []),
    ],
  }
}
