import t from 'tap'
import {
  chooseIntervention,
  createSessionWords,
  type DetectedDistortion,
  DISTORTIONS,
  findDistortions,
  viewFinding,
  viewIntervention,
} from '../../src/index.js'

const found = (
  type: DetectedDistortion['type'],
  severity: DetectedDistortion['severity'] = 'medium',
): DetectedDistortion => ({ type, severity, confidence: 0.8, examples: ['…'] })
const fresh = { usedQuestions: new Set<string>(), count: 0, lastAt: null, utterancesSince: 1 }

t.test('no question comes twice in a session, and then there are none', async (t) => {
  for (const type of DISTORTIONS) {
    const used = new Set<string>()
    let count = 0
    for (; count < 20; count++) {
      const history = { usedQuestions: used, count, lastAt: null, utterancesSince: 1 }
      const choice = chooseIntervention([found(type, 'high')], history, 0)
      if (choice === null) break
      for (const id of choice.questionIds) {
        t.notOk(used.has(id), id)
        used.add(id)
      }
    }
    t.ok(count >= 3 && count < 20, `${type}: ${count} times`)
  }
})

t.test('how strong a thought is decides what is asked of it, and how soon', async (t) => {
  const choose = (severity: DetectedDistortion['severity']) =>
    chooseIntervention([found('labeling', severity)], fresh, 0)
  t.match(choose('low'), { urgency: 'routine', questionIds: { length: 1 } })
  t.match(choose('medium'), { urgency: 'soon' })
  t.match(choose('high'), { urgency: 'immediate' })
  const low = choose('low')
  const easy = low === null ? [] : viewIntervention(low, 'ko').tasks
  t.ok(easy.length > 0 && easy.every(({ difficulty }) => difficulty === 'easy'))
  t.same(choose('high'), choose('high'), 'the same history gives the same choice')
})

t.test('nobody is asked at every turn', async (t) => {
  const recently = { ...fresh, count: 1, lastAt: 0, utterancesSince: 5 }
  t.equal(chooseIntervention([found('labeling')], recently, 30_000), null)
  t.not(chooseIntervention([found('labeling')], recently, 60_000), null)
  t.not(chooseIntervention([found('labeling', 'high')], recently, 20_000), null)
  t.equal(
    chooseIntervention([found('labeling')], { ...recently, utterancesSince: 1 }, 90_000),
    null,
  )
  t.equal(chooseIntervention([], fresh, 0), null)
})

t.test('every question and task is there in both languages', async (t) => {
  for (const type of DISTORTIONS) {
    const ids = { type, severity: 'high', urgency: 'soon' } as const
    const questionIds = Array.from({ length: 8 }, (_, i) => `${type}.q${i + 1}`)
    const taskIds = Array.from({ length: 4 }, (_, i) => `${type}.t${i + 1}`)
    const [ko, en] = (['ko', 'en'] as const).map((language) =>
      viewIntervention({ ...ids, questionIds, taskIds }, language),
    )
    t.equal(new Set(ko?.questions).size, 8)
    t.equal(new Set(en?.questions).size, 8)
    t.ok(ko?.questions.every((text) => /[가-힣]/.test(text) && /[?요다]/.test(text)))
    t.ok(en?.questions.every((text) => !/[가-힣]/.test(text)))
    t.same(
      ko?.tasks.map(({ difficulty }) => difficulty),
      ['easy', 'easy', 'medium', 'hard'],
    )
    t.ok(ko?.tasks.every(({ duration }) => /\d+분$/.test(duration)))
  }
  const stale = { type: 'labeling', severity: 'low', urgency: 'soon' } as const
  const view = viewIntervention({ ...stale, questionIds: ['labeling.q99'], taskIds: [] }, 'en')
  t.same(view.questions, [], 'words of another release are left out')
})

t.test('a finding has the shape the web client can show', async (t) => {
  const detections = findDistortions('저는 하는 일마다 실패해요. 역시 나는 실패자예요.', 'ko')
  const finding = viewFinding(detections, chooseIntervention(detections, fresh, 0), 'ko')
  t.match(finding, { hasDistortions: true, needsIntervention: true })
  for (const { severity, confidence, examples, name_ko } of finding.detections) {
    t.ok(['low', 'medium', 'high'].includes(severity))
    t.ok(confidence > 0 && confidence <= 1)
    t.ok(examples.every((example) => typeof example === 'string'))
    t.match(name_ko, /[가-힣]/)
  }
})

t.test('what is quoted, denied or of others is not the speaker’s own', async (t) => {
  for (const [text, language] of [
    ['엄마는 "너는 항상 실패해"라고 말했어요.', 'ko'],
    ['항상 나쁜 건 아니에요.', 'ko'],
    ['오늘은 산책을 했어요.', 'ko'],
    ["I know it's not always my fault.", 'en'],
    ['What should I cook tonight?', 'en'],
    ['I always enjoy the morning.', 'en'],
    ['저는 실패자가 아니에요', 'ko'],
    ['He said I am a loser', 'en'],
    ['You should see this movie', 'en'],
    ['I should call my mom today', 'en'],
    ['I must take my insulin every day', 'en'],
    ['It was a total disaster of a movie', 'en'],
  ] as const) {
    t.same(findDistortions(text, language), [], text)
  }
})

t.test(
  'nobody is asked about violence, abuse or a death, nor after it was spoken of',
  async (t) => {
    const unknown = { probabilities: null, valence: null, arousal: null, dominance: null } as const
    const model = { estimate: () => ({ label: 'unknown' as const, confidence: 0, ...unknown }) }
    let ids = 0
    const say = (words: ReturnType<typeof createSessionWords>, text: string, at: number) => {
      const events = words.analyse({ id: `u${++ids}`, text, origin: 'rest', at })
      for (const event of events) words.learn(event)
      return events.map(({ type }) => type)
    }
    for (const [text, language] of [
      ['I was raped and it is all my fault', 'en'],
      ['My baby died and it is my fault', 'en'],
      ['My husband hits me and nobody helps me', 'en'],
      ['성폭행을 당했는데 모두 제 탓이에요', 'ko'],
      ['남편이 항상 저를 때려요. 다 제 탓이에요', 'ko'],
      ['아이를 잃었어요. 다 제 탓이에요', 'ko'],
    ] as const) {
      const words = createSessionWords(model, language, () => `id${++ids}`)
      t.same(say(words, text, 0), ['text.utterance'], text)
      const later = language === 'ko' ? '역시 나는 실패자예요.' : "I'm such a loser."
      t.same(say(words, later, 100_000), ['text.utterance'], `${text} and then`)
    }
    const words = createSessionWords(model, 'en', () => `id${++ids}`)
    t.same(say(words, "I'm such a loser.", 0), ['text.utterance', 'cbt.intervention'])
  },
)
