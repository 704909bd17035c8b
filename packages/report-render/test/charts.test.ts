import type { SessionReport } from '@bemore/core'
import t from 'tap'
import { drawAffectTimeline } from '../src/charts/affect-timeline.js'
import { drawShareBars } from '../src/charts/share-bars.js'
import { condense, MOST_STRETCHES } from '../src/charts/stretches.js'
import { chooseWords } from '../src/wording/choose-words.js'
import { writeClock, writePercent, writeSigned } from '../src/wording/figures.js'
import { makeReport } from './made-up-session.js'

const words = chooseWords('en')
type Entry = SessionReport['timeline'][number]

const [sample] = makeReport({ windows: 1, lines: [], pause: false }).timeline
function entry(window: number, over: Partial<Entry> = {}): Entry {
  if (sample === undefined) throw new Error('no window')
  return { ...sample, window, t: window * 10_000, ...over }
}

const linesOf = (timeline: readonly Entry[]) =>
  drawAffectTimeline(condense(timeline, 100_000), [], 100_000, words).shapes.filter(
    (shape) => shape.tone === 'valence' && (shape.kind === 'dot' || shape.kind === 'line'),
  )
/** Without the sample of the legend. */
const curvesOf = (timeline: readonly Entry[]) => linesOf(timeline).slice(0, -1)

t.test('a line breaks where nothing was measured', async (t) => {
  const whole = [0, 1, 2, 3].map((window) => entry(window))
  t.equal(curvesOf(whole).length, 1)
  t.equal(curvesOf([entry(0), entry(1), entry(4), entry(5)]).length, 2, 'a hole in the timeline')
  const unknown = { valence: null, arousal: null }
  t.equal(curvesOf([entry(0), entry(1), entry(2, unknown), entry(3), entry(4)]).length, 2)
})

t.test('a lone measurement is a dot, and none is nothing', async (t) => {
  t.strictSame(
    curvesOf([entry(3)]).map(({ kind }) => kind),
    ['dot'],
  )
  t.strictSame(curvesOf([]), [])
})

t.test('valence and arousal are told apart without colours', async (t) => {
  const { shapes } = drawAffectTimeline(condense([entry(0), entry(1)], 100_000), [], 100_000, words)
  const dashed = (tone: string) =>
    shapes.flatMap((shape) => (shape.kind === 'line' && shape.tone === tone ? [shape.dashed] : []))
  t.ok(dashed('arousal').every((is) => is === true))
  t.ok(dashed('valence').every((is) => is === false))
})

t.test('a session of any length is drawn in a bounded number of stretches', async (t) => {
  const timeline = Array.from({ length: 2_160 }, (_, window) => entry(window))
  const stretches = condense(timeline, 21_600_000)
  t.ok(stretches.length <= MOST_STRETCHES, `${stretches.length}`)
  t.equal(stretches[0]?.from, 0)
  t.equal(stretches.at(-1)?.to, 21_600_000)
})

t.test('a bar is as long as its share, and says its figure', async (t) => {
  const { shapes } = drawShareBars([{ name: 'happy', share: 0.25 }], 'title', 'description')
  const [ground, bar] = shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape.width] : []))
  t.equal((bar ?? 0) / (ground ?? 1), 0.25)
  t.ok(shapes.some((shape) => shape.kind === 'label' && shape.text === '25%'))
})

t.test('figures', async (t) => {
  t.equal(writeClock(3_845_000), '1:04:05')
  t.equal(writeClock(65_900), '1:05')
  t.equal(writePercent(0.001), '<1%')
  t.equal(writePercent(0.999), '>99%')
  t.equal(writeSigned(-0.3), '−0.30')
  t.equal(writeSigned(-0.001), '0.00')
  t.equal(writeSigned(null), '–')
})
