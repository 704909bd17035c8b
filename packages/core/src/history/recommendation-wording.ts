import type { Language } from '@bemore/protocol'

/** Read by people who may not be well: invitations, no orders, and nothing that says what somebody feels. */
export interface Said {
  readonly title: string
  readonly desc: string
}

export interface RecommendationWording {
  readonly supportTitle: string
  readonly person: Said
  readonly first: Said
  gap(days: number): Said
  /** Its title is that of the task. */
  exercise(name: string, sessions: number, duration: string, description: string): string
  readonly heavier: Said
  readonly quieter: Said
  lively(days: number): Said
}

const ENGLISH: RecommendationWording = {
  supportTitle: 'You do not have to carry this alone',
  person: {
    title: 'Share it with a person',
    desc: 'Some things are better shared with a person than with a machine: your counsellor, or someone you trust.',
  },
  first: {
    title: 'Try a first session',
    desc: 'A few minutes are enough. Face, voice and words: you choose which of them may be looked at.',
  },
  gap: (days) => ({
    title: 'It has been a while',
    desc: `Your last session was ${days} days ago. Whenever you feel like it, a short one is enough.`,
  }),
  exercise: (name, sessions, duration, description) =>
    `A way of putting things that is called “${name}” appeared in ${sessions} of your recent sessions. Thoughts like these come to most people at times. If you like, something small to try (${duration}): ${description}`,
  heavier: {
    title: 'Your latest session came across as heavier',
    desc: 'Beside your earlier sessions, it leaned less to the pleasant side. Days differ, and it need not mean anything. If something is on your mind, your counsellor or a person you trust can be good company.',
  },
  quieter: {
    title: 'There was less speech in your latest session',
    desc: 'Beside your earlier sessions, there was less speech in it, which can have many reasons. On a day when words come slowly, a note of one thing to begin with can make the start easier.',
  },
  lively: (days) => ({
    title: 'There was a good deal of energy in the last days',
    desc: `It stood out on ${days} of the last seven days. That can be joy as well as strain, and you know best which. If you would like some rest, a slow walk or a few slow breaths can be a good place for it.`,
  }),
}

const KOREAN: RecommendationWording = {
  supportTitle: '혼자 견디지 않으셔도 됩니다',
  person: {
    title: '사람과 나누어 보세요',
    desc: '어떤 이야기는 기계보다 사람과 나누는 편이 좋습니다. 상담사나 믿을 수 있는 사람과 함께 이야기해 보세요.',
  },
  first: {
    title: '첫 세션을 시작해 보세요',
    desc: '몇 분이면 충분합니다. 표정, 목소리, 말의 내용 가운데 무엇을 살펴볼지는 직접 고를 수 있습니다.',
  },
  gap: (days) => ({
    title: '오랜만이에요',
    desc: `지난 세션 이후 ${days}일이 지났습니다. 마음이 내킬 때 짧게 시작해도 괜찮습니다.`,
  }),
  exercise: (name, sessions, duration, description) =>
    `최근 ${sessions}개의 세션에서 ‘${name}’에 가까운 생각이 나타났습니다. 이런 생각은 누구에게나 찾아올 수 있습니다. 원하신다면 작은 것 하나를 해 보세요(${duration}). ${description}`,
  heavier: {
    title: '최근 세션은 조금 무거워 보였습니다',
    desc: '지난 세션들과 나란히 보면 밝은 쪽이 덜했습니다. 날마다 다를 수 있고, 특별한 뜻이 없을 수도 있습니다. 마음에 걸리는 일이 있다면 상담사나 믿을 수 있는 사람과 이야기해 보세요.',
  },
  quieter: {
    title: '최근 세션에서는 말이 적었습니다',
    desc: '지난 세션들과 나란히 보면 말이 적었으며, 여러 가지 이유가 있을 수 있습니다. 말이 잘 나오지 않는 날에는 이야기하고 싶은 것 하나를 미리 적어 두면 시작하기가 쉬워집니다.',
  },
  lively: (days) => ({
    title: '최근 며칠은 활기가 높은 편이었습니다',
    desc: `최근 7일 가운데 ${days}일에 두드러졌습니다. 기쁨일 수도 긴장일 수도 있으며, 어느 쪽인지는 본인이 가장 잘 압니다. 쉬고 싶다면 천천히 걷거나 천천히 숨을 쉬어 보는 것도 좋습니다.`,
  }),
}

export const RECOMMENDATION_WORDING: Readonly<Record<Language, RecommendationWording>> = {
  en: ENGLISH,
  ko: KOREAN,
}
