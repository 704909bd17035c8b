import fc from 'fast-check'
import t from 'tap'
import {
  createEvent,
  createFaceWindow,
  type FrameSpan,
  type SessionEvent,
  selectAcceptedParts,
} from '../src/index.js'

const window = createFaceWindow().toData(0, 0, 10_000)

const logOf = (spans: readonly (FrameSpan | null)[]): SessionEvent[] =>
  spans.map((frames, i) => {
    const data = { processId: 'p', window, ...(frames !== null && { frames }) }
    return { ...createEvent('face.window', i, data), sessionId: 's', seq: i + 1 }
  })
const accept = (...spans: readonly (FrameSpan | null)[]) =>
  selectAcceptedParts(logOf(spans)).map(({ data }) => data.frames ?? null)
const span = (generation: number, after: number, from: number, to: number, epoch = 'e') => {
  return { epoch, generation, after, from, to }
}

t.test('parts of plain clients all count', async (t) => {
  t.same(accept(null, null), [null, null])
  t.same(accept(null, span(0, -1, 0, 9), null).length, 3)
})

t.test('a journal replayed after its frames were taken anew counts for nothing', async (t) => {
  const acked = span(0, -1, 0, 99)
  const journaled = span(0, -1, 100, 180)
  const anew = span(1, 99, 100, 200)
  t.same(accept(acked, anew, journaled), [acked, anew])
  t.same(accept(acked, journaled, anew), [acked, anew], 'nor one replayed before')
})

t.test('what was acknowledged counts, however late it reaches the log', async (t) => {
  const late = span(0, -1, 0, 99)
  const onward = span(1, 99, 100, 120)
  t.same(accept(onward, late), [onward, late])
})

t.test('only the newest generation decides what older ones still count for', async (t) => {
  const first = span(0, -1, 0, 49)
  const lost = span(0, -1, 50, 80)
  const second = span(1, 49, 50, 90)
  const third = span(2, 49, 50, 95)
  t.same(accept(first, second, third, lost), [first, third])
})

t.test('of overlapping parts of one generation the first counts', async (t) => {
  const one = span(0, -1, 0, 10)
  const again = span(0, -1, 5, 12)
  t.same(accept(one, again), [one])
})

t.test('epochs know nothing of each other', async (t) => {
  const both = [span(0, -1, 0, 10, 'a'), span(1, 3, 4, 10, 'b')] as const
  t.same(accept(...both), both)
})

/** Generations of one epoch as correct processes make them: each builds on what is acknowledged. */
const histories = fc
  .array(
    fc.record({
      parts: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 }),
      /** How many of its parts the next generation builds on. */
      kept: fc.nat(5),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((generations) => {
    let after = -1
    const spans: FrameSpan[] = []
    generations.forEach(({ parts, kept }, generation) => {
      let to = after
      const own = parts.map((length) => {
        const from = to + 1
        to += length
        return span(generation, after, from, to)
      })
      spans.push(...own)
      if (generation < generations.length - 1) after = own.slice(0, kept).at(-1)?.to ?? after
    })
    return spans
  })

t.test(
  'whatever the order of the log, each frame counts at most once, and none is skipped',
  async (t) => {
    const orders = histories.chain((spans) =>
      fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length })),
    )
    const property = fc.property(orders, ([spans, shuffled]) => {
      const accepted = accept(...shuffled)
        .filter((each) => each !== null)
        .sort((a, b) => a.from - b.from)
      const isGapless = accepted.every(({ from }, i) => from === (accepted[i - 1]?.to ?? -1) + 1)
      const newest = spans.filter((each) => each.generation === spans.at(-1)?.generation)
      return isGapless && newest.every((each) => accepted.includes(each))
    })
    t.doesNotThrow(() => fc.assert(property))
  },
)
