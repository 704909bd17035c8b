/** The labels the web client renders; anything else it shows as "unknown emotion". */
export const EMOTIONS = [
  'happy',
  'sad',
  'angry',
  'anxious',
  'neutral',
  'surprised',
  'disgusted',
  'fearful',
] as const
export type Emotion = (typeof EMOTIONS)[number]

/** `unknown` is a value: no face, no usable frame, no data. It is never replaced by a plausible label. */
export type EmotionOrUnknown = Emotion | 'unknown'
