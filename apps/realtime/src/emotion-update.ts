import type { FaceWindowData } from '@bemore/core'
import type { ServerMessageData } from '@bemore/protocol'

/** What a client is told of its window, as far as it was closed. */
export function emotionUpdateOf(
  window: FaceWindowData,
  wallMs: number,
): ServerMessageData<'emotion_update'> {
  return {
    emotion: window.label,
    confidence: window.confidence,
    frameCount: window.frames,
    sttSnippet: '',
    timestamp: wallMs,
    valence: window.valence,
    arousal: window.arousal,
    dominance: window.dominance,
    quality: window.quality,
    window: window.index,
  }
}
