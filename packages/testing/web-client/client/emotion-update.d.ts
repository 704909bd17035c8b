export interface ShownEmotion {
  readonly emotion: string
  readonly name: string
  readonly frameCount: number
  readonly snippet: string | null
}

export function readEmotionUpdate(data: unknown): ShownEmotion | null
