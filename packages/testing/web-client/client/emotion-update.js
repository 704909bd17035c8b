const NAMES = {
  happy: '행복',
  sad: '슬픔',
  angry: '분노',
  anxious: '불안',
  neutral: '평온',
  surprised: '놀람',
  disgusted: '혐오',
  fearful: '두려움',
}

/** What the page makes of an `emotion_update`; null: ignored. */
export function readEmotionUpdate(data) {
  const { emotion, frameCount, sttSnippet } = data
  if (!emotion) return null
  const known = emotion === 'excited' ? 'surprised' : emotion
  return {
    emotion: known,
    name: NAMES[known] ?? '알 수 없는 감정',
    frameCount,
    snippet: sttSnippet || null,
  }
}
