import fc from 'fast-check'
import t from 'tap'
import { hotlineCard, screenRisk, screenWithContext } from '../../src/index.js'

const isFlagged = (text: string) => screenRisk(text) !== null

t.test('what is said is told by its gravest part, and of whom', async (t) => {
  t.match(screenRisk('I want to die'), { tier: 'wish', subject: 'self' })
  t.match(screenRisk('I tried to kill myself last year and I still want to die'), {
    tier: 'behaviour',
    subject: 'self',
  })
  t.match(screenRisk('my best friend told me she wants to kill herself'), { subject: 'other' })
  t.match(screenRisk('어제 손목을 그었어요'), { tier: 'behaviour', subject: 'self' })
})

t.test('letters, spaces and signs in between hide nothing', async (t) => {
  for (const text of [
    ...['죽 고 싶 다', '죽.고.싶.어', 'ㅈㅜㄱㄱㅗ ㅅㅣㅍㄷㅏ', '죽\u200b고 싶어', 'ㅈㅅ하고 싶다'],
    ...['s u i c i d a l and so am i, i feel s u i c i d a l', 'k m s', 'i want to k i l l myself'],
    ...['I wanna d1e', 'Ｉ ｗａｎｔ ｔｏ ｄｉｅ', 'i want\nto die'],
  ]) {
    t.ok(isFlagged(text), text)
  }
})

t.test('a denial denies its own sentence only, and a denied denial nothing', async (t) => {
  t.notOk(isFlagged("I'm not suicidal"))
  t.ok(isFlagged("I'm not ok. I tried to kill myself"))
  t.ok(isFlagged("I don't know why. I overdosed last year"))
  t.notOk(isFlagged('죽고 싶지 않아요'))
  t.ok(isFlagged('죽고 싶지 않은 건 아니에요'))
})

t.test('the middle of a long text is read as well as its ends', async (t) => {
  const filler = 'We talked about the weather and the garden. '.repeat(300)
  t.ok(isFlagged(`${filler}I tried to kill myself in May. ${filler}`))
  t.notOk(isFlagged(filler))
})

t.test('a sentence cut in two by a pause is heard as one', async (t) => {
  t.equal(screenRisk('죽고'), null)
  t.match(screenWithContext(['요즘 힘들어요', '정말 죽고'], '싶어요'), { tier: 'wish' })
  const harmless = ['오늘은 산책을 했어요', '점심은 죽을 먹었고', '집에 가고 싶어요']
  t.equal(screenWithContext(harmless.slice(0, 2), harmless[2] ?? ''), null)
})

t.test('whatever is said, the screen answers', async (t) => {
  const pieces = fc.constantFrom(
    '죽',
    '고',
    '싶',
    '자살',
    ' ',
    'kill',
    'my',
    'self',
    "n't",
    '.',
    'ㅈ',
    'ㅜ',
  )
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(pieces, { maxLength: 2_000 }).map((parts) => parts.join('')),
  )
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(texts, (text) => {
        screenRisk(text)
      }),
      { seed: 109, numRuns: 300 },
    ),
  )
})

t.test('the card names who can be called where one is', async (t) => {
  const phones = (...args: Parameters<typeof hotlineCard>) =>
    hotlineCard(...args).contacts.map(({ phone }) => phone)
  t.same(phones('ko'), ['109', '1577-0199', '1388'])
  t.match(hotlineCard('ko').emergency, /119.*112/)
  t.same(phones('en', 'us'), ['988'])
  t.same(phones('en', 'gb'), ['116 123'])
  t.ok(phones('en').includes('988') && phones('en').includes('116 123'))
  t.match(hotlineCard('en', 'eu').emergency, /112/)
})
