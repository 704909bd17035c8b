import type { FaceWindowData, FusedAffect } from '@bemore/core'
import type { ServerMessageData } from '@bemore/protocol'

/** What a client is told of its window, as far as it was closed. @param snippet of what was said. */
export function emotionUpdateOf(
  window: FaceWindowData,
  affect: FusedAffect,
  snippet: string,
  wallMs: number,
): ServerMessageData<'emotion_update'> {
  return {
    emotion: affect.label,
    confidence: affect.confidence,
    frameCount: window.frames,
    sttSnippet: snippet,
    timestamp: wallMs,
    valence: affect.valence,
    arousal: affect.arousal,
    dominance: affect.dominance,
    quality: affect.quality,
    window: window.index,
  }
}
