import type { EmotionOrUnknown } from '@bemore/protocol'
import type { ReportLanguage } from './report-wording.js'

/** What the emotions are called wherever a report is read: in its sentences and in its charts. */
export const EMOTION_NAMES: Readonly<
  Record<ReportLanguage, Readonly<Record<EmotionOrUnknown, string>>>
> = {
  en: {
    happy: 'happy',
    sad: 'sad',
    angry: 'angry',
    anxious: 'anxious',
    neutral: 'neutral',
    surprised: 'surprised',
    disgusted: 'disgusted',
    fearful: 'fearful',
    unknown: 'unknown',
  },
  ko: {
    happy: '기쁨',
    sad: '슬픔',
    angry: '분노',
    anxious: '불안',
    neutral: '평온',
    surprised: '놀람',
    disgusted: '혐오',
    fearful: '두려움',
    unknown: '알 수 없음',
  },
}
