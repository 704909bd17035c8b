import { ERRORS } from '@bemore/protocol'
import t from 'tap'
import { CAUSES, EXIT, isCauseCode } from '../src/index.js'

t.test('every cause says what is wrong and what to do, in both languages', async (t) => {
  for (const [code, { what, remedy }] of Object.entries(CAUSES)) {
    t.match(code, /^[A-Z]+(_[A-Z]+)*$/)
    for (const words of [what, remedy]) {
      t.match(words.ko, /[가-힣]/, `${code} in Korean`)
      t.match(words.en, /^[^가-힣]+$/, `${code} in English`)
    }
  }
})

t.test(
  'the exit code of a cause tells it from every other, and from those of processes',
  async (t) => {
    const codes = Object.values(CAUSES).map(({ exitCode }) => exitCode)
    t.equal(new Set(codes).size, codes.length)
    const taken = Object.values(EXIT) as number[]
    for (const code of codes) t.ok(code >= 10 && code <= 59 && !taken.includes(code), String(code))
  },
)

t.test('trouble of the database is called the same to callers and to operators', async (t) => {
  for (const code of Object.keys(ERRORS).filter((each) => each.startsWith('DATABASE_'))) {
    t.ok(isCauseCode(code), code)
  }
})
