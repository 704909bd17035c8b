import t from 'tap'
import {
  createDayReader,
  hotlineCard,
  nameDistortion,
  type PastSession,
  recommend,
} from '../../src/index.js'
import { NOW, past, SEOUL } from './histories.js'

const idsOf = (...sessions: PastSession[]) =>
  recommend(sessions, NOW, SEOUL, 'en').map(({ id }) => id)
const usual = [2, 3, 4].map((day) => past(day))
const lively = { arousal: 0.5, affect: { valence: 0.2, arousal: 0.5, dominance: 0 } }

t.test('who has no session yet is invited to one', async (t) => {
  t.same(idsOf(), ['first-session'])
})

t.test('sessions like any other are no occasion for advice', async (t) => {
  t.same(idsOf(past(1), ...usual), [])
})

t.test('a life at risk comes first and alone, for two weeks', async (t) => {
  const troubled = past(13, { risks: 1 })
  const patterned = past(1, { valence: -0.5, distortions: { labeling: 3 }, isPainful: true })
  for (const language of ['en', 'ko'] as const) {
    const said = recommend([patterned, past(2), past(3), troubled], NOW, SEOUL, language)
    t.equal(said.length, 1)
    const card = hotlineCard(language)
    t.ok(said[0]!.desc.startsWith(card.message))
    for (const { phone } of card.contacts) t.match(said[0]!.desc, phone)
    t.ok(said[0]!.desc.endsWith(card.emergency))
  }
  t.same(idsOf(past(1), ...usual, past(15, { risks: 1 })), [])
  const unread = { ...past(1), figures: null }
  t.same(idsOf(unread, troubled), ['support'], 'known, though not all is')
})

t.test('nothing is said while a recent session is unread', async (t) => {
  t.same(idsOf(past(1, { valence: -0.5 }), { ...past(2), figures: null }, ...usual), [])
  t.same(idsOf(past(1), ...usual, { ...past(20), figures: null }), [])
})

t.test('where somebody was hurt, a person is named and no exercise', async (t) => {
  const hurt = past(5, { isPainful: true })
  t.same(idsOf(past(1, { distortions: { labeling: 1 } }), past(2), hurt), ['person'])
})

t.test('after two weeks without a session it is said how long it was', async (t) => {
  const [said] = recommend([past(20), past(21)], NOW, SEOUL, 'en')
  t.match(said, { id: 'gap', desc: /20 days ago/ })
})

t.test('the latest session stands beside the person’s own earlier ones', async (t) => {
  t.same(idsOf(past(1, { valence: -0.1, speakingRatio: 0.2 }), ...usual), ['heavier', 'quieter'])
  t.same(idsOf(past(1, { valence: -0.1 }), past(2)), [], 'one other session is no habit')
  const empty = past(0.5, { valence: null, speakingRatio: null })
  t.same(idsOf(empty, past(1, { valence: -0.1 }), ...usual), ['heavier'], 'nothing is no session')
  const low = [2, 3, 4].map((day) => past(day, { valence: -0.1 }))
  t.same(idsOf(past(1, { valence: -0.1 }), ...low), [], 'low, but as usual for this person')
  const running = { ...past(0, { valence: -0.9 }), endedAt: null }
  t.same(idsOf(running, ...usual), [], 'one that runs is not over')
  t.same(idsOf(past(8, { valence: -0.9 }), past(9), past(10)), [], 'a week later it is no news')
})

t.test('days count for energy, not sessions, and in the time zone of the person', async (t) => {
  t.same(idsOf(past(1, lively), past(1.01, lively), past(1.02, lively)), [])
  const days = [past(1, lively), past(2, lively), past(3, lively)]
  t.same(idsOf(...days), ['lively'])
  const close = [past(0.82, lively), past(1.08, lively), past(2.08, lively)]
  const inZone = (name: string) => recommend(close, NOW, createDayReader(name), 'en')
  t.same(
    inZone('Asia/Seoul').map(({ id }) => id),
    [],
    'afternoon and morning of the 13th, and the 12th',
  )
  t.same(
    inZone('America/New_York').map(({ id }) => id),
    ['lively'],
    'the 13th, the 12th and the 11th',
  )
})

t.test('a way of thinking that comes back is answered with a small exercise', async (t) => {
  const found = { distortions: { labeling: 2 } }
  t.same(idsOf(past(1, found), ...usual), [], 'once is no pattern')
  for (const language of ['en', 'ko'] as const) {
    const said = recommend([past(1, found), past(2, found)], NOW, SEOUL, language)
    t.match(said, [{ id: 'exercise-labeling' }])
    t.match(said[0]!.desc, nameDistortion('labeling', language))
  }
})

t.test('they are few, each once, and of plain words', async (t) => {
  const all = { ...lively, valence: -0.5, speakingRatio: 0.1, distortions: { labeling: 1 } }
  const days = [1, 2, 3].map((day) => past(day, { ...all, ...(day > 1 && { valence: 0.3 }) }))
  const sessions = [...days, past(4), past(5), past(6)]
  for (const language of ['en', 'ko'] as const) {
    const said = recommend(sessions, NOW, SEOUL, language)
    t.equal(said.length, 3)
    t.equal(new Set(said.map(({ id }) => id)).size, 3)
    const text = JSON.stringify(said)
    t.notMatch(text, /depress|anxiety|disorder|diagnos|symptom|우울|불안|장애|진단|증상/i)
  }
})
