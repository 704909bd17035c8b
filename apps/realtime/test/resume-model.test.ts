/**
 * Every frame a client did not announce as lost is counted exactly once, whatever becomes of lines,
 * processes, the database and the journals of the dead: shown for sequences of faults made at random.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createResumingClient, type ResumingClient } from '@bemore/testing'
import fc from 'fast-check'
import t from 'tap'
import { createEmptyFrame } from './fixtures/frame-bodies.js'
import { type MortalHouse, openMortalHouse } from './fixtures/mortal-house.js'
import { until } from './fixtures/until.js'

const RUNS = 30
/** Of the runs; what is left of a file's patience goes to the ends of many processes. */
const TIME_LIMIT_MS = 40_000
const FRAME_MS = 100
/** Long enough that a client can be elsewhere before its old process has appended what it held. */
const BATCH_MS = 60
const body = createEmptyFrame()

type Step =
  | { readonly do: 'frames'; readonly count: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'drop' | 'cut' | 'kill' | 'move' | 'replay' | 'breathe' }
  | {
      readonly do: 'lose'
      readonly side: 'acks' | 'frames'
      readonly kills: boolean
      readonly away: boolean
    }
  | { readonly do: 'database'; readonly isAway: boolean }

const plain = (name: 'drop' | 'cut' | 'kill' | 'move' | 'replay' | 'breathe') =>
  fc.constant<Step>({ do: name })
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('frames' as const),
        count: fc.integer({ min: 1, max: 60 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.integer({ min: 100, max: 11_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('lose' as const),
        side: fc.constantFrom('acks' as const, 'frames' as const),
        kills: fc.boolean(),
        away: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('database' as const), isAway: fc.boolean() }),
    },
    { weight: 3, arbitrary: plain('breathe') },
    { weight: 2, arbitrary: plain('kill') },
    plain('drop'),
    plain('cut'),
    plain('move'),
    plain('replay'),
  ),
  { minLength: 4, maxLength: 24 },
)

t.setTimeout(90_000)
t.test('every frame counts exactly once', { timeout: 80_000 }, async (t) => {
  const house = await openMortalHouse(t, { eventFlushMs: BATCH_MS })
  const property = fc.asyncProperty(steps, fc.boolean(), async (script, journal) => {
    const run = await startRun(house, journal)
    for (const step of script) await run.take(step)
    const { counts, counted } = await run.finish()
    const certain = counts.sent - counts.gaps
    // Frames given up with their epoch may have been counted: that is why they are not sent again.
    const isExact = counts.restarted === 1 ? counted === certain : counted >= certain
    if (isExact && counted <= counts.sent) return true
    throw new Error(`${counted} counted of ${JSON.stringify(counts)}`)
  })
  const result = await fc.check(property, {
    numRuns: RUNS,
    interruptAfterTimeLimit: TIME_LIMIT_MS,
    includeErrorInReport: true,
  })
  t.equal(result.failed ? fc.defaultReportMessage(result) : '', '')
  t.ok(result.numRuns > 0, `${result.numRuns} runs, seed ${result.seed}`)
})

async function startRun(house: MortalHouse, journal: boolean) {
  const { clock } = house
  await house.setDatabase(false)
  const { id } = await house.startSession()
  for (const old of house.living) await old.kill()
  await house.startMortal({ journal })
  await house.startMortal({ journal })
  let place = 0
  const here = () => house.living[place % house.living.length]!
  const client = createResumingClient({
    urlOf: (scope) => here().urlOf(id, scope),
    now: clock.wallMs,
    backoff: { firstMs: 5, maxMs: 20 },
  })
  await until('the client to be ready', () => client.ready)

  const frames = (count: number) => {
    for (let i = 0; i < count; i++) {
      clock.advance(FRAME_MS)
      client.send(body)
    }
  }
  const take = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'frames':
        return frames(step.count)
      case 'wait':
        clock.advance(step.ms)
        return house.turn()
      case 'breathe':
        // Long enough for a reconnect, a batch of the queue and an acknowledgement to come through.
        await sleep(BATCH_MS)
        return house.turn()
      case 'drop':
        return client.drop()
      case 'cut':
        return here().line.cut()
      case 'lose':
        return lose(step)
      case 'kill':
        return kill()
      case 'move':
        place += 1
        return client.drop()
      case 'replay':
        for (const dead of house.dead) await dead.replayJournal()
        return
      case 'database':
        return house.setDatabase(step.isAway)
    }
  }
  const kill = async () => {
    await here().kill()
    await house.startMortal({ journal })
  }
  /**
   * What goes one way vanishes for a while, in which a window ends; then the line is cut, or the process
   * dies. With the database away meanwhile, a journal is left behind that nobody was told of.
   */
  const lose = async ({ side, kills, away }: Step & { readonly do: 'lose' }) => {
    const { line } = here()
    if (away) await house.setDatabase(true)
    line.swallow(side === 'acks' ? { toClient: true } : { toServer: true })
    frames(15)
    await sleep(10)
    clock.advance(11_000)
    house.turn()
    await sleep(2 * BATCH_MS)
    line.forward()
    if (kills) await kill()
    else line.cut()
    if (away) await house.setDatabase(false)
  }
  const finish = async () => {
    await house.setDatabase(false)
    await settle(house, client)
    for (const dead of house.dead) await dead.replayJournal()
    for (const { queue } of house.living) await queue.flush()
    const { counts } = client
    client.close()
    return { counts, counted: await house.countFrames(id) }
  }
  return { take, finish }
}

/** Time goes on until every frame is acknowledged. */
async function settle(house: MortalHouse, client: ResumingClient): Promise<void> {
  let isSettled = false
  const settled = client.settled().then(() => {
    isSettled = true
  })
  await until('every frame to be acknowledged', async () => {
    house.clock.advance(1_000)
    house.turn()
    return isSettled
  })
  await settled
}
