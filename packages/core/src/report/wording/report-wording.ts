import type { EmotionOrUnknown, Modality } from '@bemore/protocol'

export type ReportLanguage = 'en' | 'ko'

type Change = Readonly<Record<'lower' | 'higher', string>>

/**
 * What the report says in words. It speaks of what was seen, heard and said, never of what someone
 * feels, and of how much it rests on: faces do not diagnose feelings (Barrett et al. 2019), nor do
 * pauses. Counts and percentages are whole numbers.
 */
export interface ReportWording {
  readonly notice: string
  readonly emotion: Readonly<Record<EmotionOrUnknown, string>>
  readonly source: Readonly<Record<Modality, string>>
  list(names: readonly string[]): string

  readonly nothing: string
  readonly noFace: string
  readonly tooLittle: string
  readonly voiceOnly: string
  dominantFace(emotion: string, percent: number): string
  dominantWords(emotion: string, percent: number): string
  dominantTogether(sources: string, emotion: string, percent: number): string
  faceAlone(emotion: string): string
  readonly pleasant: string
  readonly unpleasant: string
  readonly lively: string
  readonly calm: string
  changes(count: number): string
  readonly lighter: string
  readonly heavier: string

  readonly littleSpeech: string
  spoke(percent: number): string
  pauses(seconds: string): string

  readonly trend: Readonly<
    Record<'valence' | 'arousal' | 'speakingRatio' | 'speechRate' | 'meanPauseMs', Change>
  >
  readonly trendSteady: string

  pattern(name: string, count: number): string
  readonly patternsAreCommon: string
  smileWithUnpleasantWords(count: number): string
  frownWithPleasantWords(count: number): string

  coverage(percent: number): string
  readonly lowCoverage: string
  readonly aspectAssumed: string
  readonly noVoice: string
  readonly lowSnr: string
  readonly voiceByClient: string

  opening(minutes: number, sources: string): string
  openingWithoutSources(minutes: number): string
  readonly closing: string

  readonly riskKeptShort: string
  contact(name: string, phone: string, hours: string): string
  readonly adviseRisk: string

  readonly adviseCamera: string
  readonly adviseMicrophone: string
  adviseTask(title: string, duration: string): string
  readonly adviseThoughts: string
  readonly adviseMoments: string
  readonly adviseTalk: string
}
