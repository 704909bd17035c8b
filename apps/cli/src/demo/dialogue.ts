import type { Language } from '@bemore/protocol'

export const SCENARIOS = ['everyday', 'crisis'] as const
export type Scenario = (typeof SCENARIOS)[number]

export const isScenario = (text: string): text is Scenario =>
  (SCENARIOS as readonly string[]).includes(text)

export interface DialogueLine {
  readonly text: string
  /** Voice, -1 tired to 1 stirred. */
  readonly effort: number
  /** What the demo checks that it is taken for. */
  readonly holds?: 'distortion' | 'crisis'
}

/** What the simulated person says: some lines before the pause, others after it, then a chat message. */
export interface Dialogue {
  readonly beforePause: readonly DialogueLine[]
  readonly afterPause: readonly DialogueLine[]
  readonly chat: string
}

const light = (text: string): DialogueLine => ({ text, effort: 0.4 })
const plain = (text: string): DialogueLine => ({ text, effort: 0 })
const heavy = (text: string): DialogueLine => ({ text, effort: -0.5 })
const distorted = (text: string): DialogueLine => ({ text, effort: -0.3, holds: 'distortion' })
const crisis = (text: string): DialogueLine => ({ text, effort: -0.8, holds: 'crisis' })

/**
 * The portrait smiles at the first half of the lines before the pause, so those are light; the face
 * smiles again at the last of them, whose words are sad.
 */
const DIALOGUES: Readonly<Record<Scenario, Readonly<Record<Language, Dialogue>>>> = {
  everyday: {
    ko: {
      beforePause: [
        light('안녕하세요. 오늘은 날씨가 좋아서 오는 길이 즐거웠어요.'),
        light('어제는 오랜만에 친구를 만나서 정말 행복했어요.'),
        light('친구가 웃는 모습을 보니 저도 기분이 참 좋았어요.'),
        distorted('그런데 저는 하는 일마다 실패해요. 역시 나는 실패자예요.'),
        plain('회의에서 말을 더듬었더니 며칠째 마음이 무거워요.'),
        heavy('너무 힘들고 속상해요. 마음이 아파요.'),
      ],
      afterPause: [
        distorted('저는 항상 완벽해야 해요. 하나라도 틀리면 전부 망한 거예요.'),
        plain('그래도 오늘 이렇게 이야기하니 조금 마음이 놓여요.'),
      ],
      chat: '내일 일을 생각하면 마음이 무거워요. 어떻게 시작하면 좋을까요?',
    },
    en: {
      beforePause: [
        light('Hello. The weather was lovely and I enjoyed the way here.'),
        light('Yesterday I met a friend again and I was really happy.'),
        light('Seeing my friend laugh made me feel so good.'),
        distorted('But I always fail at everything I do. I am such a loser.'),
        plain('I stumbled over my words in a meeting, and it has weighed on me for days.'),
        heavy('I smile as if all were fine, but I am so sad and I keep crying.'),
      ],
      afterPause: [
        distorted('I should always be perfect. If I get one thing wrong, everything is ruined.'),
        plain('Still, I feel a little relieved to talk about it today.'),
      ],
      chat: 'When I think of tomorrow my heart is heavy. Where could I begin?',
    },
  },
  crisis: {
    ko: {
      beforePause: [
        plain('안녕하세요. 오늘은 조금 지쳐서 왔어요.'),
        heavy('요즘 잠을 잘 못 자서 하루가 길어요.'),
        crisis('요즘은 그냥 죽고 싶다는 생각만 들어요.'),
        distorted('저는 하는 일마다 실패해요. 역시 나는 실패자예요.'),
      ],
      afterPause: [distorted('저는 항상 완벽해야 해요. 하나라도 틀리면 전부 망한 거예요.')],
      chat: '이제 저는 어떻게 하면 좋을까요?',
    },
    en: {
      beforePause: [
        plain('Hello. I am a little tired today.'),
        heavy('I have not been sleeping well, and the days are long.'),
        crisis('These days I just want to die.'),
        distorted('I always fail at everything I do. I am such a loser.'),
      ],
      afterPause: [
        distorted('I should always be perfect. If I get one thing wrong, everything is ruined.'),
      ],
      chat: 'What should I do now?',
    },
  },
}

export const dialogueOf = (scenario: Scenario, language: Language): Dialogue =>
  DIALOGUES[scenario][language]
