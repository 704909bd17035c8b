import { type CbtBank, question, task } from '../cbt-bank.js'

export const MENTAL_FILTER: CbtBank = {
  name: { ko: '부정적 편향', en: 'Mental filter' },
  questions: [
    question(
      'low',
      '그날 있었던 다른 일들 가운데 떠오르는 것이 있나요?',
      'What else happened that day?',
    ),
    question(
      'low',
      '그 장면 바로 옆에는 어떤 장면이 있었나요?',
      'What was right next to that moment?',
    ),
    question(
      'low',
      '같은 자리에 있던 다른 사람은 무엇을 기억하고 있을까요?',
      'What might someone else who was there remember?',
    ),
    question(
      'medium',
      '그 한 가지가 전체에서 차지하는 몫은 얼마쯤일까요?',
      'How much of the whole was that one thing?',
    ),
    question(
      'medium',
      '눈길이 가지 않았던 것 중에 소중한 것이 있었다면 무엇일까요?',
      'Was there something of value that your attention passed over?',
    ),
    question(
      'medium',
      '그 일을 다시 본다면, 카메라를 조금 넓게 잡았을 때 무엇이 더 보일까요?',
      'If the camera zoomed out a little, what else would be in the picture?',
    ),
    question(
      'high',
      '그 기억이 자꾸 떠오르는 것은 무엇이 중요해서일까요?',
      'What matters to you so much that this memory keeps returning?',
    ),
    question(
      'high',
      '그 한 가지와 함께 괜찮았던 것도 나란히 둘 수 있을까요?',
      'Could the difficult part and a good part stand side by side?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['세 가지 떠올리기', 'Three small things'],
      [
        '오늘 있었던 일 가운데 평범하거나 괜찮았던 것 세 가지를 적어 보세요.',
        'Write down three ordinary or pleasant things from today.',
      ],
    ),
    task(
      'easy',
      5,
      ['주위 둘러보기', 'Look around'],
      [
        '지금 보이는 것, 들리는 것, 닿는 것을 하나씩 천천히 말해 보세요.',
        'Slowly name one thing you see, one you hear and one you can touch.',
      ],
    ),
    task(
      'medium',
      10,
      ['원 그래프 그려 보기', 'Draw the whole'],
      [
        '그날을 동그라미로 그리고, 마음에 걸린 일이 차지하는 만큼만 칠해 보세요.',
        'Draw the day as a circle and shade only the share of what troubled you.',
      ],
    ),
    task(
      'hard',
      20,
      ['다른 눈으로 적기', 'Tell it from another view'],
      [
        '그날을 다른 사람의 눈으로 다시 적어 보세요. 무엇이 새로 보이는지 살펴보세요.',
        'Write the day again through someone else’s eyes, and notice what appears.',
      ],
    ),
  ],
}
