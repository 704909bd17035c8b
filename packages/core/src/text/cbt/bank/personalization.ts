import { type CbtBank, question, task } from '../cbt-bank.js'

export const PERSONALIZATION: CbtBank = {
  name: { ko: '개인화', en: 'Personalization' },
  questions: [
    question(
      'low',
      '그 일에 영향을 준 다른 것들은 무엇이 있을까요?',
      'What else had a part in it?',
    ),
    question(
      'low',
      '내가 정할 수 있었던 것과 없었던 것은 무엇인가요?',
      'What was in your hands, and what was not?',
    ),
    question(
      'low',
      '그 자리에 내가 없었다면 어떻게 되었을까요?',
      'What would have happened if you had not been there?',
    ),
    question(
      'medium',
      '책임을 동그라미로 나눈다면 각각 얼마쯤일까요?',
      'If responsibility were a circle, how would you divide it?',
    ),
    question(
      'medium',
      '그때 내가 알 수 있었던 것은 어디까지였나요?',
      'How much could you have known at the time?',
    ),
    question(
      'medium',
      '상대방에게도 그 사람만의 사정이 있었을까요?',
      'Might the other person have had reasons of their own?',
    ),
    question(
      'high',
      '같은 일을 겪은 친구가 자신을 탓하고 있다면, 어떤 말을 해 주고 싶나요?',
      'If a friend in your place blamed themselves, what would you like to say to them?',
    ),
    question(
      'high',
      '이 일을 나와 함께 나누어 볼 수 있는 사람이 있다면 누구일까요?',
      'Is there someone with whom you could share the weight of this?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['원인 세 가지 더', 'Three more causes'],
      [
        '그 일에 영향을 준 다른 까닭을 세 가지 적어 보세요.',
        'Write three other things that played a part.',
      ],
    ),
    task(
      'easy',
      5,
      ['내 몫과 아닌 몫', 'Mine and not mine'],
      [
        '내가 바꿀 수 있는 것과 없는 것을 두 줄로 나누어 적어 보세요.',
        'In two lines: what you can change and what you cannot.',
      ],
    ),
    task(
      'medium',
      15,
      ['책임 나누어 그리기', 'A circle of causes'],
      [
        '동그라미를 그려 원인마다 몫을 나누고, 마지막에 내 몫을 칠해 보세요.',
        'Draw a circle, give each cause its share, and shade your own last.',
      ],
    ),
    task(
      'hard',
      20,
      ['믿는 사람과 이야기하기', 'Talk with someone you trust'],
      [
        '그 일을 믿을 수 있는 사람에게 이야기하고, 그 사람은 어떻게 보는지 들어 보세요. 준비가 되었을 때면 됩니다.',
        'Tell someone you trust, and hear how they see it. When you are ready.',
      ],
    ),
  ],
}
