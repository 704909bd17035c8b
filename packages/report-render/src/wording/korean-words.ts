import { EMOTION_NAMES } from '@bemore/core'
import type { ReportWords } from './report-words.js'

export const KOREAN: ReportWords = {
  title: '세션 보고서',
  date: (iso) =>
    `${iso.slice(0, 4)}년 ${Number(iso.slice(5, 7))}월 ${Number(iso.slice(8, 10))}일 ${iso.slice(11, 16)} (UTC)`,
  lasted: (whole, active) =>
    whole === active ? `총 ${whole}` : `총 ${whole}, 쉬어 간 시간을 빼면 ${active}`,
  interim: '세션이 아직 끝나지 않았습니다. 지금까지의 내용이며, 이어지는 내용이 더해집니다.',
  unknown: '알 수 없음',
  emotion: EMOTION_NAMES.ko,
  severity: { low: '가벼운 표현', medium: '뚜렷한 표현', high: '강한 표현' },

  section: {
    short: '한눈에 보기',
    course: '세션의 흐름',
    emotions: '전해진 느낌',
    voice: '말과 쉼',
    said: '나눈 이야기',
    patterns: '생각의 방식',
    moments: '함께 살펴볼 순간',
    earlier: '지난 세션들과 나란히',
    next: '다음을 위해',
    basis: '이 보고서의 바탕',
  },
  call: '이야기할 수 있는 곳',
  riskTimes: (times) => `함께 살펴보실 분께: ${times}에 나온 이야기입니다.`,

  courseIntro:
    '이어진 선은 무거움(아래)에서 밝음(위)까지, 끊어진 선은 차분함에서 활기까지를 나타냅니다. 잴 수 없었던 곳에는 선이 없습니다.',
  courseChart: '세션 동안의 밝음과 활기',
  courseShown: (points, utterances, moments) =>
    `측정된 구간 ${points}곳, 말이 있었던 구간 ${utterances}곳, 표정과 말이 서로 다르게 나타난 순간 ${moments}곳.`,
  courseNone: '이 세션에서는 시간에 따라 잴 수 있는 것이 없었습니다.',
  pleasant: '밝음',
  unpleasant: '무거움',
  lively: '활기',
  calm: '차분함',
  valence: '무거움에서 밝음까지',
  arousal: '차분함에서 활기까지',
  pause: '쉬어 간 시간',
  utterance: '말',
  incongruence: '표정과 말이 다름',
  notMeasured: '측정되지 않음',

  emotionsIntro: (share, emotion) =>
    `표정, 목소리, 말을 함께 보면 ‘${emotion}’ 쪽이 가장 자주 나타났습니다(읽을 수 있었던 시간의 ${share}).`,
  emotionsNone: '읽을 수 있는 것이 적어 어떤 감정이 두드러졌는지 말하기 어렵습니다.',
  emotionsChart:
    '표정, 목소리, 말을 함께 보았을 때 (시간의 몫이 아니라, 순간마다의 추정을 평균한 값)',
  faceChart: '표정만 보았을 때',
  barsShown: (first, share) => `가장 큰 비율: ${first} ${share}.`,

  voiceNone: '목소리가 들리지 않아 말의 흐름은 설명하지 않습니다.',
  voiceChart: '세션 동안 말이 차지한 비율',
  voiceShown: (share) => `소리를 들은 시간의 ${share} 동안 말이 이어졌습니다.`,
  flow: {
    unheard: '말소리가 들리지 않았습니다.',
    little: '말소리가 적어 말의 흐름을 설명하기 어렵습니다.',
    'many-pauses': '말 사이에 쉼이 많았습니다. 쉼은 생각하는 시간일 수 있습니다.',
    usual: '말과 쉼이 고르게 이어졌습니다.',
    dense: '쉼이 적고 말이 촘촘히 이어졌습니다.',
  },
  voiceFact: {
    heard: '소리를 들은 시간',
    speaking: '말한 비율',
    pauses: '쉼의 횟수',
    meanPause: '쉼의 평균 길이',
    longestPause: '가장 긴 쉼',
    rate: '말의 빠르기',
    latency: '대답하기까지',
    pitchRange: '목소리 높낮이의 폭',
  },
  count: (count) => `${count.toLocaleString('en')}번`,
  seconds: (seconds) => `${seconds}초`,
  syllables: (perSecond) => `1초에 ${perSecond}음절`,
  semitones: (semitones) => `${semitones}반음`,
  rateEstimated: '말의 빠르기는 어림한 값입니다. 세지 못한 음절이 있습니다.',

  saidNone: '말로 나눈 내용이 없거나 남겨 두지 않았습니다.',
  saidIntro: (count) => `말 ${count.toLocaleString('en')}개를 시간 순서로 적었습니다.`,
  withheld: '이 말은 남겨 두지 않았습니다.',

  patternsNone: '말에서 두드러진 생각의 방식은 없었습니다.',
  patternsIntro:
    '이런 생각은 누구에게나 찾아올 수 있습니다. 한 걸음 떨어져 살펴볼 수 있도록 이름을 붙여 두었습니다.',
  patternFound: (count, severity) =>
    count === 1
      ? `한 번 나타났습니다(${severity}).`
      : `${count}번 나타났습니다(가장 뚜렷할 때: ${severity}).`,
  offered: '함께 나눈 질문과 작은 걸음',
  task: (title, duration) => `${title} (${duration})`,

  momentsNone: '표정과 말이 서로 다르게 나타난 순간은 보이지 않았습니다.',
  moment: {
    'smile-with-unpleasant-words':
      '미소와 무거운 말이 함께 나타났습니다. 여러 가지 뜻이 있을 수 있으니 판단하기보다 물어봐 주세요.',
    'frown-with-pleasant-words':
      '밝은 말과 진지한 표정이 함께 나타났습니다. 여러 가지 뜻이 있을 수 있으니 판단하기보다 물어봐 주세요.',
  },

  earlierNone: '나란히 놓고 볼 지난 세션이 없습니다.',
  earlierIntro: (sessions, since) =>
    `같은 분의 지난 세션 ${sessions}개와 나란히 보았습니다(${since}부터).`,
  figure: {
    valence: '밝은 쪽',
    arousal: '활기',
    speakingRatio: '말한 비율',
    speechRate: '말의 빠르기',
    meanPauseMs: '쉼의 길이',
  },
  change: { lower: '평소보다 적음', similar: '평소와 비슷함', higher: '평소보다 많음' },

  basisIntro: '보고 들은 것이 많을수록 이 보고서에 담긴 내용도 단단해집니다.',
  coverageChart: '살펴볼 수 있었던 시간',
  coverageShown: (face, voice, text) =>
    `세션 가운데 표정 ${face}, 목소리 ${voice}, 말의 내용 ${text}.`,
  source: { face: '표정', voice: '목소리', text: '말' },
  flag: {
    no_face_data: '분석할 수 있는 얼굴이 보이지 않았습니다.',
    low_coverage: '얼굴이 보인 시간이 짧으니 표정에 대한 내용은 조심해서 읽어 주세요.',
    aspect_assumed: '카메라 화면 비율을 알 수 없어 4:3으로 가정했습니다.',
    frames_dropped: '너무 빠르게 들어온 카메라 화면 일부는 제외했습니다.',
    no_voice_data: '목소리가 들리지 않았습니다.',
    low_snr: '주변 소리가 커서 말에 대한 수치는 덜 확실합니다.',
    voice_by_client:
      '말에 대한 수치의 일부는 소리를 직접 잰 것이 아니라 브라우저가 알려 준 것입니다.',
    gain_controlled: '브라우저가 음량을 고르게 맞추어 목소리 크기는 알기 어렵습니다.',
    no_text: '말로 남은 내용이 없습니다.',
  },
  flagOther: (flag) => `측정에 대한 메모: ${flag}.`,
  degraded: (what) => `평소보다 간단한 방법으로 처리한 부분이 있습니다: ${what}.`,
  writtenBy: {
    local: '문장은 정해진 규칙에 따라 서버 안에서 만들어졌습니다.',
    gemini: '요약은 언어 모델 Gemini가 여기 있는 수치를 바탕으로 썼습니다.',
  },
  pausedFor: (from, to) => `${from}부터 ${to}까지 쉬어 갔습니다.`,
  untilNow: '지금',

  asTable: '표로 보기',
  column: {
    time: '시간',
    emotion: '감정',
    share: '비율',
    valence: '무거움–밝음',
    arousal: '차분함–활기',
    speaking: '말한 비율',
    coverage: '얼굴이 보인 비율',
  },
  moreWindows: (count) => `… 그 밖의 ${count.toLocaleString('en')}개는 CSV에 있습니다.`,
  moreUtterances: (count) => `… 그 밖의 말 ${count.toLocaleString('en')}개는 CSV에 있습니다.`,
  more: (count) => `… 그 밖의 ${count.toLocaleString('en')}개는 JSON 보고서에 있습니다.`,
  page: (page, pages) => `${pages}쪽 중 ${page}쪽`,
}
