import { type CbtBank, question, task } from '../cbt-bank.js'

export const DISQUALIFYING_POSITIVE: CbtBank = {
  name: { ko: '긍정 축소화', en: 'Disqualifying the positive' },
  questions: [
    question(
      'low',
      '그 일이 이루어지기까지 내가 한 것이 있다면 무엇일까요?',
      'What did you do that helped this come about?',
    ),
    question(
      'low',
      '그 말을 해 준 사람은 어떤 마음이었을까요?',
      'What may the person who said it have meant?',
    ),
    question(
      'low',
      '운이 도왔다면, 그 운을 만난 나는 무엇을 준비하고 있었을까요?',
      'If luck helped, what had you prepared before it came?',
    ),
    question(
      'medium',
      '친구가 같은 일을 해냈다면 뭐라고 말해 주고 싶나요?',
      'If a friend had done this, what would you like to tell them?',
    ),
    question(
      'medium',
      '좋은 이야기를 그대로 받아들이면 어떤 점이 걱정되나요?',
      'What would worry you about letting the good words in?',
    ),
    question(
      'medium',
      '그 일을 해낸 데 필요했던 힘을 하나만 꼽는다면 무엇일까요?',
      'If you named one strength it took, which would it be?',
    ),
    question(
      'high',
      '‘별거 아니야’라는 말은 언제부터 익숙해졌을까요?',
      'Since when has “it was nothing” felt so familiar?',
    ),
    question(
      'high',
      '인정을 받는 것이 조금 더 안전하게 느껴지려면 무엇이 필요할까요?',
      'What would make it a little safer to accept recognition?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['고맙다고만 말해 보기', 'Just say thank you'],
      [
        '다음에 좋은 말을 들으면, 설명을 덧붙이지 않고 “고맙습니다”라고만 해 보세요.',
        'Next time someone says something kind, try answering only “thank you”.',
      ],
    ),
    task(
      'easy',
      5,
      ['오늘 해낸 것 하나', 'One thing done'],
      [
        '오늘 해낸 일 하나를 적어 보세요. 씻기, 밥 먹기처럼 작은 일도 좋습니다.',
        'Write down one thing you did today. Washing or eating counts.',
      ],
    ),
    task(
      'medium',
      10,
      ['칭찬 모음', 'Keep kind words'],
      [
        '최근에 들은 좋은 말을 그대로 옮겨 적어 보세요. 평가는 하지 않아도 됩니다.',
        'Copy down kind words you heard lately, as they were said. No need to judge them.',
      ],
    ),
    task(
      'hard',
      20,
      ['과정 돌아보기', 'Trace the way'],
      [
        '잘된 일 하나를 골라 그렇게 되기까지 내가 했던 일을 순서대로 적어 보세요.',
        'Take one thing that went well and list, step by step, what you did on the way.',
      ],
    ),
  ],
}
