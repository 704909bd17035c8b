import type { Emotion, EmotionOrUnknown, Language } from '@bemore/protocol'

/** What the API asks of a language model, where there is one. None of it ever rejects. */
export interface WordsCompanion {
  refineEmotion(request: { readonly text: string; readonly language: Language }): Promise<
    | {
        readonly source: 'gemini'
        readonly label: EmotionOrUnknown
        /** In the order of EMOTIONS, sum 1. */
        readonly probabilities: readonly number[]
      }
    | { readonly source: 'local'; readonly reason: string }
  >
  transcribe(request: {
    readonly audio: Uint8Array
    readonly mimeType: string
    readonly language: Language
  }): Promise<{ readonly text: string } | { readonly failure: string }>
  summarise(request: {
    readonly language: Language
    readonly figures: ReportFigures
    readonly observations: readonly string[]
    readonly signal: AbortSignal
  }): Promise<
    | { readonly source: 'gemini'; readonly text: string }
    | { readonly source: 'local'; readonly reason: string }
  >
}

/** A report in a few numbers: all of it that leaves the house. */
export interface ReportFigures {
  readonly durationMinutes: number
  readonly utterances: number
  readonly dominantEmotion: EmotionOrUnknown
  readonly emotionShares: Readonly<Partial<Record<Emotion, number>>>
  readonly valence: number | null
  readonly arousal: number | null
  readonly distortions: number
  readonly interventions: number
}
