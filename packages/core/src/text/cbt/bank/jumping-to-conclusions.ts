import { type CbtBank, question, task } from '../cbt-bank.js'

export const JUMPING_TO_CONCLUSIONS: CbtBank = {
  name: { ko: '성급한 판단', en: 'Jumping to conclusions' },
  questions: [
    question(
      'low',
      '지금 확실히 아는 것과 짐작하는 것을 나누어 본다면 어떨까요?',
      'What do you know for certain, and what are you guessing?',
    ),
    question(
      'low',
      '다르게 설명할 수 있는 이유가 하나쯤 있을까요?',
      'Could there be one other explanation?',
    ),
    question(
      'low',
      '그 사람에게 오늘 어떤 사정이 있었을 수도 있을까요?',
      'What might have been going on for the other person today?',
    ),
    question(
      'medium',
      '예전에 비슷하게 예상했을 때 실제로는 어떻게 되었나요?',
      'When you expected something similar before, how did it turn out?',
    ),
    question(
      'medium',
      '가장 걱정되는 결과, 가장 좋은 결과, 가장 있을 법한 결과는 각각 무엇일까요?',
      'What are the worst, the best and the most likely outcomes?',
    ),
    question(
      'medium',
      '직접 물어본다면 어떤 말로 시작할 수 있을까요?',
      'If you asked directly, how might you begin?',
    ),
    question(
      'high',
      '예상이 맞더라도 나를 도와줄 수 있는 것은 무엇일까요?',
      'Even if it came true, what could help you through?',
    ),
    question(
      'high',
      '모르는 채로 조금 기다려 보는 것은 어떤 점이 가장 어려울까요?',
      'What is hardest about waiting a little without knowing?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['사실과 짐작 나누기', 'Facts and guesses'],
      [
        '종이를 반으로 나누어 사실과 짐작을 따로 적어 보세요.',
        'Fold a sheet in half: facts on one side, guesses on the other.',
      ],
    ),
    task(
      'easy',
      5,
      ['다른 이유 세 가지', 'Three other reasons'],
      [
        '그 일에 대해 떠오르는 다른 이유를 세 가지만 적어 보세요.',
        'Write down three other possible reasons.',
      ],
    ),
    task(
      'medium',
      15,
      ['작은 확인', 'A small check'],
      [
        '부담이 적은 사람에게 가벼운 질문 하나로 내 짐작을 확인해 보세요. 내키지 않으면 하지 않아도 됩니다.',
        'With someone you feel at ease with, check one guess by a light question. Only if you want to.',
      ],
    ),
    task(
      'hard',
      ['며칠 동안 하루 5분', 'some days, 5 min a day'],
      ['예상 일기', 'A prediction diary'],
      [
        '걱정되는 예상을 적어 두고, 며칠 뒤 실제와 나란히 놓아 보세요.',
        'Write down a worrying prediction, and some days later put what happened beside it.',
      ],
    ),
  ],
}
