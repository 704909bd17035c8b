/**
 * What the chat answers without a language model: prepared, honest about being so, and warm. It
 * mirrors nothing back and explains nothing; it keeps somebody company and points to people.
 */
import type { Emotion, Language } from '@bemore/protocol'

type Mood = 'heavy' | 'tense' | 'light' | 'plain'

const MOODS: Readonly<Record<Emotion, Mood>> = {
  happy: 'light',
  surprised: 'plain',
  neutral: 'plain',
  sad: 'heavy',
  angry: 'tense',
  anxious: 'tense',
  fearful: 'tense',
  disgusted: 'tense',
}

const HONESTY: Readonly<Record<Language, string>> = {
  ko: '지금은 자동 상담 모델을 쓸 수 없어 미리 준비된 답변으로 함께하고 있어요.',
  en: 'The language model is not available right now, so this is a prepared reply.',
}

const REPLIES: Readonly<Record<Language, Readonly<Record<Mood, readonly string[]>>>> = {
  ko: {
    heavy: [
      '이야기해 주셔서 고맙습니다. 말로 꺼내기까지 쉽지 않으셨을 수 있어요. 서두르지 않으셔도 됩니다. 조금 더 이야기하고 싶은 부분이 있다면 그것부터 들려주세요.',
      '잘 듣고 있어요. 지금 가장 무겁게 느껴지는 것이 하나 있다면 무엇일까요? 말하고 싶은 만큼만 말해 주셔도 괜찮습니다.',
      '그 일을 혼자 안고 계셨다면 많이 지치셨을 수 있어요. 오늘 하루 조금이라도 쉴 수 있는 때가 있을까요?',
    ],
    tense: [
      '말씀해 주셔서 고맙습니다. 잠깐 어깨의 힘을 풀고 천천히 숨을 내쉬어 봐도 좋아요. 준비가 되면 무슨 일이 있었는지 들려주세요.',
      '마음이 쉬기 어려운 상황처럼 들려요. 그중에서 지금 할 수 있는 가장 작은 일은 무엇일까요?',
      '잘 듣고 있어요. 그 순간 가장 마음에 걸린 것은 무엇이었나요?',
    ],
    light: [
      '좋은 이야기를 들려주셔서 고맙습니다. 그 순간에서 어떤 점이 특히 마음에 남았나요?',
      '그런 시간이 있었다니 다행이에요. 무엇이 그 시간을 가능하게 했을까요?',
    ],
    plain: [
      '이야기해 주셔서 고맙습니다. 조금 더 자세히 들려주실 수 있을까요?',
      '잘 듣고 있어요. 그 일에서 지금 가장 이야기하고 싶은 것은 무엇인가요?',
      '천천히 이야기하셔도 괜찮아요. 오늘 이 시간이 어떤 시간이 되면 좋을까요?',
    ],
  },
  en: {
    heavy: [
      'Thank you for telling me. It may not have been easy to put into words, and there is no hurry. If there is a part you would like to say more about, begin there.',
      'I am listening. If one thing weighs most right now, what would it be? Say only as much as you want to.',
      'If you have been carrying this alone, that may have been tiring. Is there a moment today in which you could rest a little?',
    ],
    tense: [
      'Thank you for telling me. You might let your shoulders drop and breathe out slowly for a moment. When you are ready, tell me what happened.',
      'That sounds like a hard place to find rest in. What would be the smallest thing you could do about it now?',
      'I am listening. What stayed with you most in that moment?',
    ],
    light: [
      'Thank you for sharing something good. What about it has stayed with you?',
      'It is good to hear there was such a time. What made it possible?',
    ],
    plain: [
      'Thank you for telling me. Could you say a little more?',
      'I am listening. What about it would you most like to talk about?',
      'Take your time. What would you like this time today to be for?',
    ],
  },
}

const PEOPLE: Readonly<Record<Language, string>> = {
  ko: '사람과 직접 이야기하고 싶다면 담당 상담사나 기관에 연락해 주세요. 이 대화창에서 연결해 드릴 수는 없어요.',
  en: 'If you would rather speak with a person, please contact your counsellor or service: this chat cannot connect you.',
}

/**
 * @param turn how many replies there were: the same one never comes twice in a row, and the first says
 * that it is prepared.
 */
export function scriptedReply(language: Language, emotion: Emotion | null, turn: number): string {
  const replies = REPLIES[language][emotion === null ? 'plain' : MOODS[emotion]]
  const reply = replies[turn % replies.length] as string
  if (turn === 0) return `${HONESTY[language]} ${reply}`
  return turn % 4 === 3 ? `${reply} ${PEOPLE[language]}` : reply
}
