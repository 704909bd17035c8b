import { EMOTION_NAMES } from './emotion-names.js'
import type { ReportWording } from './report-wording.js'

const sayMinutes = (minutes: number): string =>
  minutes === 0 ? '1분이 채 안 되는 시간' : `약 ${minutes}분`

export const KOREAN: ReportWording = {
  notice:
    '이 보고서는 카메라와 마이크에 담긴 모습과 말로 나눈 이야기를 설명할 뿐이며, 진단이 아니고 전문가의 판단을 대신하지 않습니다.',
  emotion: EMOTION_NAMES.ko,
  source: { face: '표정', voice: '목소리', text: '말의 내용' },
  list: (names) => names.join(', '),

  nothing: '이 세션에는 보이거나 들리거나 말로 남은 것이 없어 설명할 내용이 없습니다.',
  noFace: '분석할 수 있는 얼굴이 보이지 않아 표정에 대해 말할 수 있는 것이 없습니다.',
  tooLittle: '읽을 수 있는 것이 적어 어떤 감정이 두드러졌는지 말하기 어렵습니다.',
  voiceOnly: '목소리만 있었기 때문에 말의 흐름만 설명합니다.',
  dominantFace: (emotion, percent) =>
    `가장 많이 보인 표정은 ‘${emotion}’이며, 분석 가능한 시간의 ${percent}% 동안 두드러졌습니다.`,
  dominantWords: (emotion, percent) =>
    `말의 내용에서는 ‘${emotion}’ 쪽이 가장 자주 나타났습니다(읽을 수 있었던 부분의 ${percent}%).`,
  dominantTogether: (sources, emotion, percent) =>
    `함께 본 ${sources}에서는 ‘${emotion}’ 쪽이 가장 자주 나타났습니다(분석 가능한 시간의 ${percent}%).`,
  faceAlone: (emotion) => `표정만 보면 ‘${emotion}’ 쪽이 가장 많이 보였습니다.`,
  pleasant: '전체적으로 밝은 쪽에 가까웠습니다.',
  unpleasant: '전체적으로 무거운 쪽에 가까웠습니다.',
  lively: '전체적으로 활기가 있었습니다.',
  calm: '전체적으로 차분하고 움직임이 적었습니다.',
  changes: (count) => `두드러지는 감정이 ${count}번 바뀌었습니다.`,
  lighter: '세션의 뒷부분은 앞부분보다 조금 가벼워 보였습니다.',
  heavier: '세션의 뒷부분은 앞부분보다 조금 무거워 보였습니다.',

  littleSpeech: '말소리가 적어 말의 흐름을 설명하기 어렵습니다.',
  spoke: (percent) => `소리를 들은 시간의 ${percent}% 동안 말이 이어졌습니다.`,
  pauses: (seconds) => `말 사이의 쉼은 평균 ${seconds}초였습니다.`,

  trend: {
    valence: {
      lower: '지난 세션들과 나란히 보면 이번에는 밝은 쪽이 덜했습니다.',
      higher: '지난 세션들과 나란히 보면 이번에는 밝은 쪽이 더했습니다.',
    },
    arousal: {
      lower: '지난 세션들과 나란히 보면 이번에는 더 차분했습니다.',
      higher: '지난 세션들과 나란히 보면 이번에는 더 활기가 있었습니다.',
    },
    speakingRatio: {
      lower: '지난 세션들과 나란히 보면 이번에는 말이 적었습니다.',
      higher: '지난 세션들과 나란히 보면 이번에는 말이 많았습니다.',
    },
    speechRate: {
      lower: '지난 세션들과 나란히 보면 이번에는 말이 느렸습니다.',
      higher: '지난 세션들과 나란히 보면 이번에는 말이 빨랐습니다.',
    },
    meanPauseMs: {
      lower: '지난 세션들과 나란히 보면 이번에는 쉼이 짧았습니다.',
      higher: '지난 세션들과 나란히 보면 이번에는 쉼이 길었습니다.',
    },
  },
  trendSteady: '지난 세션들과 나란히 보면 이번에도 비슷했습니다.',

  pattern: (name, count) => `‘${name}’에 가까운 생각이 ${count}번 나타났습니다.`,
  patternsAreCommon:
    '이런 생각은 누구에게나 찾아올 수 있으며, 한 걸음 떨어져서 하나씩 살펴보면 도움이 됩니다.',
  smileWithUnpleasantWords: (count) =>
    `${count}번의 순간에 미소와 무거운 말이 함께 나타났습니다. 여러 가지 뜻이 있을 수 있으니 함께 살펴보면 좋겠습니다.`,
  frownWithPleasantWords: (count) =>
    `${count}번의 순간에 밝은 말과 진지한 표정이 함께 나타났습니다. 여러 가지 뜻이 있을 수 있으니 함께 살펴보면 좋겠습니다.`,

  coverage: (percent) => `세션의 ${percent}% 동안 얼굴이 분석 가능하게 보였습니다.`,
  lowCoverage: '얼굴이 보인 시간이 짧으므로 결과를 조심해서 읽어 주세요.',
  aspectAssumed:
    '카메라 화면 비율을 알 수 없어 4:3으로 가정했습니다. 세밀한 구분은 정확하지 않을 수 있습니다.',
  noVoice: '목소리가 들리지 않아 말의 흐름은 설명하지 않습니다.',
  lowSnr: '주변 소리가 커서 말의 흐름에 대한 설명은 덜 확실합니다.',
  voiceByClient: '말에 대한 수치의 일부는 소리를 직접 잰 것이 아니라 브라우저가 알려 준 것입니다.',

  opening: (minutes, sources) =>
    `이 세션은 ${sayMinutes(minutes)} 동안 이어졌고, 살펴볼 수 있었던 것은 ${sources}입니다.`,
  openingWithoutSources: (minutes) => `이 세션은 ${sayMinutes(minutes)} 동안 이어졌습니다.`,
  closing: '이 내용은 모두 함께 살펴볼 관찰일 뿐, 어떤 판정도 아닙니다.',

  riskKeptShort:
    '이 보고서의 나머지는 일부러 짧게 줄였습니다. 지금은 사람과 이야기하는 일이 먼저입니다.',
  contact: (name, phone, hours) => `${name}: ${phone} (${hours})`,
  adviseRisk:
    '오늘 꼭 누군가와 이야기해 주세요. 위의 번호, 상담사, 믿을 수 있는 사람 누구라도 좋습니다.',

  adviseCamera:
    '다음에는 정면에서 빛을 받고 얼굴 전체가 보이도록 카메라를 바라보면 더 온전한 결과를 얻을 수 있습니다.',
  adviseMicrophone:
    '다음에는 더 조용한 곳에서, 또는 마이크를 조금 더 가까이 두면 말이 더 또렷하게 들립니다.',
  adviseTask: (title, duration) => `원하신다면 작은 것 하나를 해 보세요: ${title} (${duration}).`,
  adviseThoughts:
    '이 세션에서 나온 생각 중 마음에 남는 것이 있다면, 친구에게 이야기하듯 적어 보는 것도 도움이 됩니다.',
  adviseMoments: '표정과 말이 서로 다르게 나타난 순간은 다음 이야기를 시작하기에 좋은 자리입니다.',
  adviseTalk: '눈에 띄는 순간을 상담사와 함께 살펴보세요.',
}
