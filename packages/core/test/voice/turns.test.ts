import fc from 'fast-check'
import t from 'tap'
import {
  addTally,
  createTurnMeter,
  createTurnTally,
  type TurnTally,
} from '../../src/voice/turns.js'

fc.configureGlobal({ seed: 20_260_101 })

type Run = readonly [speech: boolean, ms: number]

function tallyOf(runs: readonly Run[]): TurnTally {
  const meter = createTurnMeter()
  for (const [speech, ms] of runs) meter.push(speech, ms)
  return { ...meter.tally }
}

t.test('a silence of a quarter of a second inside a turn is a pause', async (t) => {
  const tally = tallyOf([
    [true, 1_000],
    [false, 250],
    [true, 500],
    [false, 2_400],
    [true, 600],
  ])
  t.match(tally, {
    speechMs: 2_100,
    pauseCount: 2,
    pauseMs: 2_650,
    longestPauseMs: 2_400,
    longPauseCount: 1,
    burstCount: 3,
    turnCount: 1,
    turnMs: 4_750,
  })
})

t.test('the closure of a stop is speech, and a short silence is neither', async (t) => {
  t.match(
    tallyOf([
      [true, 300],
      [false, 149],
      [true, 300],
    ]),
    { speechMs: 749, pauseCount: 0 },
  )
  t.match(
    tallyOf([
      [true, 300],
      [false, 249],
      [true, 300],
    ]),
    {
      speechMs: 600,
      pauseCount: 0,
      burstCount: 1,
      turnMs: 849,
    },
  )
})

t.test('four seconds of silence end a turn, and were no pause', async (t) => {
  const tally = tallyOf([
    [false, 9_000],
    [true, 1_000],
    [false, 4_000],
    [true, 500],
    [false, 900],
  ])
  t.match(tally, { turnCount: 2, pauseCount: 0, pauseMs: 0, turnMs: 1_500, burstCount: 2 })
})

t.test('an interruption ends the turn without a pause', async (t) => {
  const meter = createTurnMeter()
  meter.push(true, 500)
  meter.push(false, 1_000)
  meter.interrupt()
  t.equal(meter.push(true, 500), true, 'a burst begins')
  t.match(meter.tally, { turnCount: 2, pauseCount: 0, turnMs: 1_000 })
})

t.test('however finely it is told and wherever it is cut, the sum is the same', async (t) => {
  const runs = fc.array(
    fc.record({ speech: fc.boolean(), steps: fc.integer({ min: 1, max: 200 }), cut: fc.boolean() }),
    { maxLength: 60 },
  )
  await t.resolves(async () =>
    fc.assert(
      fc.property(runs, (told) => {
        const whole = tallyOf(told.map(({ speech, steps }) => [speech, steps * 30]))
        const meter = createTurnMeter()
        const total = createTurnTally()
        for (const { speech, steps, cut } of told) {
          for (let i = 0; i < steps; i++) {
            meter.push(speech, 30)
            if (!cut || i !== steps >> 1) continue
            addTally(total, meter.tally)
            meter.clearTally()
          }
        }
        addTally(total, meter.tally)
        return (
          JSON.stringify(total) === JSON.stringify(whole) &&
          total.burstCount === total.pauseCount + total.turnCount
        )
      }),
    ),
  )
})
