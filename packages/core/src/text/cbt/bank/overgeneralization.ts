import { type CbtBank, question, task } from '../cbt-bank.js'

export const OVERGENERALIZATION: CbtBank = {
  name: { ko: '과잉 일반화', en: 'Overgeneralization' },
  questions: [
    question(
      'low',
      '이번 한 번과 ‘항상’ 사이에는 어떤 차이가 있을까요?',
      'What is the difference between this one time and “always”?',
    ),
    question(
      'low',
      '그렇지 않았던 때가 한 번이라도 있었나요?',
      'Was there a time, even once, when it was not so?',
    ),
    question(
      'low',
      '‘항상’이나 ‘아무도’ 대신 쓸 수 있는 말이 있다면 무엇일까요?',
      'Is there a word you could use instead of “always” or “nobody”?',
    ),
    question(
      'medium',
      '지금까지의 경험 중에 여기에 들어맞지 않는 것은 무엇인가요?',
      'Which of your experiences does not fit this picture?',
    ),
    question(
      'medium',
      '이 일이 일어난 데에는 이번에만 있었던 사정도 있었을까요?',
      'Were there circumstances that were special to this time?',
    ),
    question(
      'medium',
      '비슷한 일을 잘 넘긴 적이 있다면, 그때는 무엇이 도움이 되었나요?',
      'If you once got through something similar, what helped then?',
    ),
    question(
      'high',
      '오 년 뒤의 내가 이 일을 돌아본다면 어떻게 이야기할까요?',
      'How might you tell this story five years from now?',
    ),
    question(
      'high',
      '‘늘 그렇다’는 생각이 들 때, 그 생각은 나에게 무엇을 지켜 주려고 하는 걸까요?',
      'When “it is always like this” shows up, what might that thought be trying to protect you from?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['예외 하나 찾기', 'Find one exception'],
      [
        '그 생각과 다르게 흘러갔던 때를 하나만 떠올려 적어 보세요. 아주 작아도 괜찮습니다.',
        'Write down one time it went differently. It may be very small.',
      ],
    ),
    task(
      'easy',
      5,
      ['말 바꿔 보기', 'Change one word'],
      [
        '‘항상’을 ‘이번에는’으로, ‘아무도’를 ‘몇몇은’으로 바꿔 소리 내어 읽어 보세요.',
        'Say the sentence again with “this time” for “always”, or “some people” for “nobody”.',
      ],
    ),
    task(
      'medium',
      10,
      ['두 칸 목록', 'Two columns'],
      [
        '한쪽에는 그랬던 때, 다른 쪽에는 그렇지 않았던 때를 적어 보세요.',
        'In one column note the times it was so, in the other the times it was not.',
      ],
    ),
    task(
      'hard',
      ['며칠 동안 하루 5분', 'some days, 5 min a day'],
      ['일주일 살펴보기', 'Watch for a week'],
      [
        '일주일 동안 그 생각과 맞는 일과 맞지 않는 일을 하루에 하나씩 적어 보세요.',
        'For a week, note one thing a day that fits the thought and one that does not.',
      ],
    ),
  ],
}
