import type { EmotionOrUnknown } from '@bemore/protocol'
import type { AffectVector } from './affect-statistics.js'
import type { DataQuality, ExpressionSection } from './report-schema.js'

export type ReportLanguage = 'en' | 'ko'

/**
 * What the report says in words. It speaks of expressions that were seen, never of what someone
 * feels, and of how much it rests on; faces do not diagnose feelings (Barrett et al. 2019).
 */
interface Wording {
  readonly notice: string
  readonly emotion: Readonly<Record<EmotionOrUnknown, string>>
  readonly noFace: string
  dominant(emotion: string, percent: number): string
  coverage(percent: number): string
  readonly lowCoverage: string
  changes(count: number): string
  readonly pleasant: string
  readonly unpleasant: string
  readonly lively: string
  readonly calm: string
  readonly aspectAssumed: string
  readonly adviseCamera: string
  readonly adviseTalk: string
}

const WORDING: Readonly<Record<ReportLanguage, Wording>> = {
  en: {
    notice:
      'This report describes expressions seen by a camera. It is not a diagnosis and does not replace the judgement of a professional.',
    emotion: {
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
    noFace: 'No usable face was seen, so nothing can be said about expressions.',
    dominant: (emotion, percent) =>
      `The expression seen most was “${emotion}”: it led for ${percent} % of the usable time.`,
    coverage: (percent) => `A usable face was in view for ${percent} % of the session.`,
    lowCoverage: 'The face was in view for only a small part of the session: read this with care.',
    changes: (count) => `The expression changed ${count} times.`,
    pleasant: 'On the whole the expressions leaned to the pleasant side.',
    unpleasant: 'On the whole the expressions leaned to the unpleasant side.',
    lively: 'The face was lively.',
    calm: 'The face moved little.',
    aspectAssumed:
      'The camera’s aspect ratio was not known and taken as 4:3; fine distinctions may suffer.',
    adviseCamera:
      'For a fuller picture next time: face the camera, with light from the front and the whole face in view.',
    adviseTalk: 'Look at the moments that stand out together with your counsellor.',
  },
  ko: {
    notice:
      '이 보고서는 카메라에 비친 표정을 설명할 뿐이며, 진단이 아니고 전문가의 판단을 대신하지 않습니다.',
    emotion: {
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
    noFace: '분석할 수 있는 얼굴이 보이지 않아 표정에 대해 말할 수 있는 것이 없습니다.',
    dominant: (emotion, percent) =>
      `가장 많이 보인 표정은 ‘${emotion}’으로, 분석 가능한 시간의 ${percent}% 동안 두드러졌습니다.`,
    coverage: (percent) => `세션의 ${percent}% 동안 얼굴이 분석 가능하게 보였습니다.`,
    lowCoverage: '얼굴이 보인 시간이 짧으므로 결과를 조심해서 읽어 주세요.',
    changes: (count) => `표정이 ${count}번 바뀌었습니다.`,
    pleasant: '전체적으로 긍정적인 쪽의 표정이 많았습니다.',
    unpleasant: '전체적으로 부정적인 쪽의 표정이 많았습니다.',
    lively: '표정의 움직임이 활발했습니다.',
    calm: '표정의 움직임이 적었습니다.',
    aspectAssumed:
      '카메라 화면 비율을 알 수 없어 4:3으로 가정했습니다. 세밀한 구분은 정확하지 않을 수 있습니다.',
    adviseCamera:
      '다음에는 정면에서 빛을 받고 얼굴 전체가 보이도록 카메라를 바라보면 더 온전한 결과를 얻을 수 있습니다.',
    adviseTalk: '눈에 띄는 순간을 상담사와 함께 살펴보세요.',
  },
}

/** Beyond this the mean valence or arousal is worth a sentence; within it, it is noise. */
const NOTEWORTHY = 0.2

export function describeObservations(
  language: ReportLanguage,
  expression: ExpressionSection,
  affect: AffectVector | null,
  quality: DataQuality,
): string[] {
  const words = WORDING[language]
  if (affect === null) return [words.noFace]
  return [
    words.dominant(words.emotion[expression.dominant], toPercent(expression.share)),
    ...(affect.valence > NOTEWORTHY ? [words.pleasant] : []),
    ...(affect.valence < -NOTEWORTHY ? [words.unpleasant] : []),
    ...(affect.arousal > NOTEWORTHY ? [words.lively] : []),
    ...(affect.arousal < -NOTEWORTHY ? [words.calm] : []),
    ...(expression.transitions > 0 ? [words.changes(expression.transitions)] : []),
    words.coverage(toPercent(quality.coverage)),
    ...(quality.flags.includes('low_coverage') ? [words.lowCoverage] : []),
    ...(quality.aspectAssumed ? [words.aspectAssumed] : []),
  ]
}

export function describeRecommendations(language: ReportLanguage, quality: DataQuality): string[] {
  const words = WORDING[language]
  const poor = quality.flags.includes('no_face_data') || quality.flags.includes('low_coverage')
  return [...(poor ? [words.adviseCamera] : []), words.adviseTalk]
}

export function sayNotice(language: ReportLanguage): string {
  return WORDING[language].notice
}

function toPercent(share: number): number {
  return Math.round(share * 100)
}
