import type { EmotionOrUnknown, Language } from '@bemore/protocol'

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
}
