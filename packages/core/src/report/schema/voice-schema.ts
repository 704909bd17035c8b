import Type, { type Static } from 'typebox'
import type { VoiceAnalysis } from '../../voice/analysis.js'
import type { VoiceSummary } from '../../voice/summary.js'
import { Count, Maybe, Milliseconds, Signed, Unit } from './fields.js'

const ANALYSIS = {
  speechRatio: Unit,
  pauseRatio: Unit,
  averagePauseDuration: Milliseconds,
  longestPause: Milliseconds,
  averageSpeechBurst: Milliseconds,
  speechBurstCount: Count,
  pauseCount: Count,
  summary: Type.String(),
} satisfies Record<keyof VoiceAnalysis, Type.TSchema>

/** What `summariseVoice` returns; `satisfies` keeps the keys of both the same. */
const SUMMARY = {
  heardMs: Milliseconds,
  speechMs: Milliseconds,
  speakingRatio: Maybe(Unit),
  pauseCount: Count,
  pauseRatio: Maybe(Unit),
  meanPauseMs: Maybe(Milliseconds),
  longestPauseMs: Maybe(Milliseconds),
  longPauseCount: Count,
  burstCount: Count,
  meanBurstMs: Maybe(Milliseconds),
  turnCount: Count,
  meanTurnMs: Maybe(Milliseconds),
  responseLatencyMs: Maybe(Milliseconds),
  speechRate: Maybe(Type.Number({ minimum: 0, description: 'Syllables a second, with pauses' })),
  articulationRate: Maybe(Type.Number({ minimum: 0, description: 'The same without the pauses' })),
  rateEstimated: Type.Boolean({ description: 'Some syllables were estimated' }),
  pitchMedian: Maybe(Type.Number({ description: 'Semitones above 100 Hz' })),
  pitchRange: Maybe(Type.Number({ minimum: 0, description: 'Semitones, 10th to 90th percentile' })),
  tiltDb: Maybe(Type.Number()),
  loudnessDb: Maybe(Type.Number()),
  snrDb: Maybe(Type.Number()),
  arousal: Maybe(Signed),
  quality: Unit,
  source: Type.Enum(['pcm', 'client', 'none']),
} satisfies Record<keyof VoiceSummary, Type.TSchema>

export const VoiceSectionSchema = Type.Object({
  ...SUMMARY,
  flow: Type.Enum(['unheard', 'little', 'many-pauses', 'usual', 'dense'], {
    description:
      'Speech over the time of turns: below .35 many pauses, above .75 dense. Descriptive',
  }),
  analysis: Maybe(
    Type.Object(ANALYSIS, { description: 'The same, flat, as the web client is told it live' }),
  ),
})
export type VoiceSection = Static<typeof VoiceSectionSchema>
