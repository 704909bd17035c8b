import { type CbtBank, question, task } from '../cbt-bank.js'

export const MAGNIFICATION: CbtBank = {
  name: { ko: '확대와 축소', en: 'Magnification and minimisation' },
  questions: [
    question(
      'low',
      '한 달 뒤에는 이 일이 어떤 크기로 느껴질까요?',
      'How big might this feel in a month?',
    ),
    question(
      'low',
      '지금 가장 마음에 걸리는 부분은 어디인가요?',
      'Which part weighs most right now?',
    ),
    question(
      'low',
      '예전에 크게 느껴졌다가 지나간 일이 있었나요?',
      'Was there something that once felt this big and then passed?',
    ),
    question(
      'medium',
      '가장 걱정되는 일이 실제로 일어날 가능성은 어느 정도일까요?',
      'How likely is the thing you fear most?',
    ),
    question(
      'medium',
      '그렇게 되더라도 누구와, 무엇을 할 수 있을까요?',
      'If it did happen, who could be with you, and what could you do?',
    ),
    question(
      'medium',
      '이 일에서 내가 조금이라도 바꿀 수 있는 부분은 어디일까요?',
      'Which part of this could you change, even slightly?',
    ),
    question(
      'high',
      '지금 이 순간만 놓고 보면, 무엇이 필요한가요?',
      'Just for this moment, what do you need?',
    ),
    question(
      'high',
      '내가 가진 힘을 지금보다 조금 크게 본다면 무엇이 보일까요?',
      'If you saw your own strengths a little larger, what would you see?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['천천히 숨쉬기', 'Slow breathing'],
      [
        '4초 들이마시고 6초 내쉬기를 다섯 번 해 보세요. 불편하면 바로 멈춰도 됩니다.',
        'Breathe in for 4 seconds and out for 6, five times. Stop whenever it is uncomfortable.',
      ],
    ),
    task(
      'easy',
      5,
      ['시간 사다리', 'A ladder of time'],
      [
        '이 일이 내일, 한 달 뒤, 일 년 뒤에 어떻게 느껴질지 한 줄씩 적어 보세요.',
        'Write one line each on how this may feel tomorrow, in a month and in a year.',
      ],
    ),
    task(
      'medium',
      15,
      ['세 가지 결말', 'Three endings'],
      [
        '가장 나쁜, 가장 좋은, 가장 있을 법한 결말을 적고 마지막 것을 한 번 더 읽어 보세요.',
        'Write the worst, the best and the likeliest ending, then read the last once more.',
      ],
    ),
    task(
      'hard',
      20,
      ['한 걸음 계획', 'A one-step plan'],
      [
        '걱정되는 일에 대해 오늘 할 수 있는 가장 작은 한 걸음을 정하고 해 보세요.',
        'Choose the smallest step you could take today about the worry, and try it.',
      ],
    ),
  ],
}
