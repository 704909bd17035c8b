import { type CbtBank, question, task } from '../cbt-bank.js'

export const EMOTIONAL_REASONING: CbtBank = {
  name: { ko: '감정적 추론', en: 'Emotional reasoning' },
  questions: [
    question(
      'low',
      '지금 느껴지는 것에 이름을 붙인다면 무엇일까요?',
      'If you gave the feeling a name, what would it be?',
    ),
    question(
      'low',
      '느낌과 사실을 나란히 적는다면 각각 무엇일까요?',
      'If feeling and fact stood side by side, what would each say?',
    ),
    question(
      'low',
      '기분이 달랐던 날에는 같은 일을 어떻게 보았나요?',
      'On a day with another mood, how did you see the same thing?',
    ),
    question(
      'medium',
      '그 느낌이 알려 주려는 것은 무엇일까요?',
      'What might the feeling want to tell you?',
    ),
    question(
      'medium',
      '느낌과 다르게 일어났던 일이 있었나요?',
      'Did something ever turn out differently from the feeling?',
    ),
    question(
      'medium',
      '이 느낌이 조금 옅어진다면 무엇이 달리 보일까요?',
      'If the feeling were a little lighter, what would look different?',
    ),
    question(
      'high',
      '느낌을 그대로 두면서도 할 수 있는 작은 일이 있을까요?',
      'Is there something small you could do while the feeling is there?',
    ),
    question(
      'high',
      '요즘 잠과 쉼은 어떤가요? 몸의 상태가 이 느낌에 함께 있을 수도 있어요.',
      'How have sleep and rest been lately? The body may have a part in this feeling.',
    ),
  ],
  tasks: [
    task(
      'easy',
      5,
      ['감정 이름 붙이기', 'Name the feeling'],
      [
        '지금의 감정에 이름을 붙이고 0–10으로 세기를 적어 보세요.',
        'Name the feeling and write its strength from 0 to 10.',
      ],
    ),
    task(
      'easy',
      5,
      ['몸 살피기', 'Check in with the body'],
      [
        '어깨, 턱, 배를 차례로 느껴 보고 힘이 들어간 곳을 풀어 보세요.',
        'Notice shoulders, jaw and belly in turn, and let go where there is tension.',
      ],
    ),
    task(
      'medium',
      15,
      ['느낌과 사실 표', 'Feeling and fact table'],
      [
        '느낌, 그것을 뒷받침하는 사실, 다르게 말하는 사실을 세 칸에 적어 보세요.',
        'In three columns: the feeling, facts for it, facts that say otherwise.',
      ],
    ),
    task(
      'hard',
      ['며칠 동안 하루 5분', 'some days, 5 min a day'],
      ['하루 세 번 기록', 'Three times a day'],
      [
        '며칠 동안 하루 세 번 기분과 그때의 생각을 짧게 적고 변화를 살펴보세요.',
        'For some days, note mood and thought three times a day and see how they move.',
      ],
    ),
  ],
}
