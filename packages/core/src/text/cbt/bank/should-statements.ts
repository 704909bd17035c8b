import { type CbtBank, question, task } from '../cbt-bank.js'

export const SHOULD_STATEMENTS: CbtBank = {
  name: { ko: '‘해야 한다’ 진술', en: 'Should statements' },
  questions: [
    question(
      'low',
      '‘해야 한다’를 ‘하고 싶다’로 바꾸면 어떻게 들리나요?',
      'How does it sound with “I would like to” instead of “I should”?',
    ),
    question(
      'low',
      '그렇게 하지 못한 날, 실제로 어떤 일이 있었나요?',
      'On a day you did not manage it, what actually happened?',
    ),
    question('low', '이 규칙을 누구에게서 배웠을까요?', 'From whom did you learn this rule?'),
    question(
      'medium',
      '소중한 사람에게도 같은 규칙을 지키라고 할까요?',
      'Would you ask someone you love to keep the same rule?',
    ),
    question(
      'medium',
      '이 규칙이 나를 도와준 점과 힘들게 한 점은 무엇인가요?',
      'How has the rule helped you, and how has it cost you?',
    ),
    question(
      'medium',
      '조금 느슨한 규칙을 만든다면 어떤 모습일까요?',
      'What would a slightly looser rule be?',
    ),
    question(
      'high',
      '쉬어도 된다고 말해 준다면 무엇부터 내려놓고 싶나요?',
      'If you were told you may rest, what would you put down first?',
    ),
    question(
      'high',
      '그 규칙 뒤에 있는, 나에게 정말 중요한 것은 무엇일까요?',
      'What is the thing you truly value behind this rule?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['말 바꾸기', 'Change the word'],
      [
        '오늘 떠오른 ‘해야 한다’ 하나를 ‘하면 좋겠다’로 바꿔 적어 보세요.',
        'Take one “should” of today and write it as “it would be nice to”.',
      ],
    ),
    task(
      'easy',
      10,
      ['작은 쉼', 'A small rest'],
      [
        '해야 할 일 사이에 10분만 아무것도 하지 않는 시간을 넣어 보세요.',
        'Between two duties, put ten minutes with nothing to do.',
      ],
    ),
    task(
      'medium',
      15,
      ['규칙의 값', 'What the rule costs'],
      [
        '규칙 하나를 골라 얻는 것과 드는 힘을 나란히 적어 보세요.',
        'Pick one rule and list what it gives beside what it takes.',
      ],
    ),
    task(
      'hard',
      20,
      ['규칙 하나 느슨하게', 'Loosen one rule'],
      [
        '안전하고 작은 규칙 하나를 오늘만 느슨하게 지켜 보고 어땠는지 적어 보세요.',
        'Keep one small, harmless rule loosely for a day, and note how it was.',
      ],
    ),
  ],
}
