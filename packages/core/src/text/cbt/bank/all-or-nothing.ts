import { type CbtBank, question, task } from '../cbt-bank.js'

export const ALL_OR_NOTHING: CbtBank = {
  name: { ko: '흑백 사고', en: 'All-or-nothing thinking' },
  questions: [
    question(
      'low',
      '이 일을 0점과 100점 사이 어딘가에 놓는다면 몇 점쯤일까요?',
      'If you placed this somewhere between 0 and 100, where would it be?',
    ),
    question(
      'low',
      '아주 조금이라도 괜찮았던 부분이 있다면 어떤 것일까요?',
      'Was there a part, however small, that was all right?',
    ),
    question(
      'low',
      '‘충분히 괜찮은’ 정도는 어떤 모습일까요?',
      'What would “good enough” look like here?',
    ),
    question(
      'medium',
      '같은 일을 친구가 겪었다면, 그 친구에게도 전부 아니면 전무라고 말하게 될까요?',
      'If this had happened to a friend, would you call it all or nothing for them too?',
    ),
    question(
      'medium',
      '완벽하지 않았지만 의미가 있었던 일이 떠오르나요?',
      'Can you think of something that was not perfect and still mattered?',
    ),
    question(
      'medium',
      '성공과 실패 사이에 다른 이름을 붙인다면 뭐라고 부를 수 있을까요?',
      'If there were a word between success and failure, what would it be here?',
    ),
    question(
      'high',
      '이 기준은 어디에서 왔을까요? 지금의 나에게도 꼭 맞을까요?',
      'Where might this standard have come from, and does it still fit you today?',
    ),
    question(
      'high',
      '기준을 한 단계만 낮춘다면 무엇이 달라질까요?',
      'If you lowered the bar by just one notch, what would change?',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['0–100 눈금 그리기', 'Draw a 0–100 line'],
      [
        '오늘 있었던 일 하나를 골라 0에서 100 사이에 점을 찍어 보세요. 맞고 틀린 위치는 없습니다.',
        'Pick one thing from today and mark it on a line from 0 to 100. There is no right place.',
      ],
    ),
    task(
      'easy',
      5,
      ['괜찮았던 한 부분 적기', 'Note one part that was all right'],
      [
        '마음에 걸리는 일에서 그럭저럭 괜찮았던 부분을 한 줄로 적어 보세요.',
        'Write one line about a part of it that went reasonably well.',
      ],
    ),
    task(
      'medium',
      15,
      ['‘충분히 괜찮게’ 해 보기', 'Do one thing “well enough”'],
      [
        '작은 일 하나를 일부러 70% 정도로만 해 보고, 기분이 어떤지 살펴보세요.',
        'Do one small thing to about 70 % on purpose, and notice how that is.',
      ],
    ),
    task(
      'hard',
      ['며칠 동안 하루 5분', 'some days, 5 min a day'],
      ['회색 지대 기록', 'A log of the in-between'],
      [
        '며칠 동안 ‘완전히’나 ‘전혀’라는 말이 떠오를 때마다, 그 사이의 다른 표현을 하나씩 적어 보세요.',
        'For a few days, whenever “totally” or “not at all” comes up, write down one description in between.',
      ],
    ),
  ],
}
