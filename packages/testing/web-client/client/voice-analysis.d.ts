export interface ShownVoice {
  readonly speechRatio: number
  readonly pauseRatio: number
  readonly averagePauseDuration: number
  readonly longestPause: number
  readonly averageSpeechBurst: number
  readonly speechBurstCount: number
  readonly pauseCount: number
  readonly summary?: string
}

export function readVoiceAnalysis(data: unknown): ShownVoice | null
