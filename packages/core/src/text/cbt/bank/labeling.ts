import { type CbtBank, question, task } from '../cbt-bank.js'

export const LABELING: CbtBank = {
  name: { ko: '낙인찍기', en: 'Labeling' },
  questions: [
    question(
      'low',
      '그 이름 대신 일어난 일을 그대로 말한다면 어떻게 될까요?',
      'If you described what happened instead of the name, what would you say?',
    ),
    question(
      'low',
      '그 말이 나의 어떤 부분을 빠뜨리고 있나요?',
      'What part of you does that word leave out?',
    ),
    question(
      'low',
      '나를 아끼는 사람은 나를 어떤 말로 설명할까요?',
      'How would someone who cares about you describe you?',
    ),
    question(
      'medium',
      '같은 일을 한 다른 사람에게도 그 이름을 붙이게 될까요?',
      'Would you give that name to someone else who did the same?',
    ),
    question(
      'medium',
      '그 이름과 맞지 않는 나의 행동이 있다면 무엇일까요?',
      'What have you done that does not fit the name?',
    ),
    question(
      'medium',
      '한 번의 행동과 한 사람 전체는 어떻게 다를까요?',
      'How is one action different from a whole person?',
    ),
    question(
      'high',
      '그 말과 다르게 나를 대해 준 사람이 있다면 누구인가요?',
      'Who has treated you differently from what that word says?',
    ),
    question(
      'high',
      '그 이름이 힘을 잃는다면 무엇을 해 보고 싶나요?',
      'If the name lost its power, what would you like to try?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['행동으로 말하기', 'Say what happened'],
      [
        '‘나는 ~이다’를 ‘나는 오늘 ~했다’로 바꿔 한 줄로 적어 보세요.',
        'Turn “I am …” into “Today I did …”, in one line.',
      ],
    ),
    task(
      'easy',
      5,
      ['나를 이루는 것들', 'More than one word'],
      [
        '나를 설명하는 말을 다섯 개 적어 보세요. 취미나 역할도 좋습니다.',
        'Write five words that also describe you; hobbies and roles count.',
      ],
    ),
    task(
      'medium',
      10,
      ['친구에게 쓰는 말', 'Words for a friend'],
      [
        '같은 일을 겪은 친구에게 보낼 짧은 편지를 써 보고, 내 이름을 넣어 읽어 보세요.',
        'Write a short note to a friend in your place, then read it with your own name.',
      ],
    ),
    task(
      'hard',
      ['며칠 동안 하루 5분', 'some days, 5 min a day'],
      ['다른 증거 모으기', 'Gather other evidence'],
      [
        '일주일 동안 그 이름과 다른 나의 모습을 하루 하나씩 적어 보세요.',
        'For a week, note one thing a day that does not fit the label.',
      ],
    ),
  ],
}
