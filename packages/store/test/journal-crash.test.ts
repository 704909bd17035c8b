/**
 * The promise of the journal, against any course of events: what was told durable is in the log,
 * exactly once and in order, whenever the process or the machine dies; and nothing else is there.
 */
import { readFileSync, truncateSync } from 'node:fs'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { createEventQueue, type KeyedEvent, StoreError } from '../src/index.js'
import { findRecords } from '../src/journal/record.js'
import { copyAsOfTheDead, openJournal, segmentsIn, tempFolder } from './journal-rig.js'
import { CONFIG, numbered, SILENT } from './test-store.js'
import { until } from './until.js'

const RUNS = 60
const HEADER_BYTES = 8

type Mood = 'takes' | 'refuses' | 'takes, but the answer is lost'
type Step =
  | { readonly do: 'push'; readonly count: number }
  | { readonly do: 'mood'; readonly mood: Mood }
  | { readonly do: 'settle' }
  | { readonly do: 'crash'; readonly cut: number }

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('push' as const),
        count: fc.integer({ min: 1, max: 1_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('mood' as const),
        mood: fc.constantFrom<Mood>('takes', 'refuses', 'takes, but the answer is lost'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('crash' as const),
        cut: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
  ),
  { minLength: 3, maxLength: 10 },
)

const nameOf = ({ event }: KeyedEvent) =>
  'connectionId' in event.data ? Number(event.data.connectionId) : Number.NaN

/** A log as the database keeps it: a key that was appended before is not appended again. */
function createLog() {
  const rows: KeyedEvent[] = []
  const keys = new Set<string>()
  const append = (events: readonly KeyedEvent[]) => {
    for (const event of events) {
      const key = `${event.producer} ${event.producerSeq}`
      if (!keys.has(key)) rows.push(event)
      keys.add(key)
    }
  }
  return { rows, append }
}

/** A machine that loses power keeps what was synced, and of the rest any part from the front. */
function tear(root: string, told: ReadonlySet<number>, cut: number): void {
  const last = segmentsIn(root).at(-1)
  if (last === undefined) return
  const bytes = readFileSync(last)
  let [at, kept] = [0, 0]
  for (const payload of findRecords(bytes).payloads) {
    at += HEADER_BYTES + payload.length
    if (told.has(nameOf(JSON.parse(payload.toString())))) kept = at
  }
  truncateSync(last, kept + Math.floor(cut * (bytes.length - kept)))
}

/** @returns what was told durable, and what is in the log in the end. */
async function play(t: Test, course: readonly Step[]) {
  const log = createLog()
  const told: number[] = []
  let mood: Mood = 'takes'
  let root = tempFolder(t)
  let pushed = 0

  const start = async () => {
    let isAlive = true
    let own = 0
    const backlog = await openJournal(root)
    const queue = createEventQueue({
      config: { ...CONFIG, eventFlushMs: 1, eventBatchSize: 50, eventQueueLimit: 20_000 },
      ...{ producer: 'p', log: SILENT, backlog },
      events: {
        async append(events) {
          if (!isAlive || mood === 'refuses') throw new StoreError('DATABASE_BUSY', 'on purpose')
          log.append(events)
          if (mood !== 'takes') throw new StoreError('DATABASE_TIMEOUT', 'on purpose')
          return { appended: [], unknownSessions: [] }
        },
      },
    })
    queue.onDurable((events) => {
      if (!isAlive) return
      own -= events.length
      told.push(...events.map(nameOf))
    })
    const push = () => {
      own += 1
      pushed += 1
      queue.push('s', numbered('s', 'p', pushed).event)
    }
    const die = async () => {
      isAlive = false
      const copy = copyAsOfTheDead(t, root)
      await queue.close(0)
      return copy
    }
    return { queue, push, die, untold: () => own }
  }

  let running = await start()
  for (const step of course) {
    if (step.do === 'mood') mood = step.mood
    else if (step.do === 'push') for (let n = 0; n < step.count; n++) running.push()
    else if (step.do === 'settle') {
      await until('everything to be durable', () => running.untold() === 0)
    } else {
      root = await running.die()
      tear(root, new Set(told), step.cut)
      running = await start()
    }
  }
  mood = 'takes'
  await running.queue.flush()
  await running.queue.close(0)
  return { told, pushed, rows: log.rows, left: segmentsIn(root) }
}

t.test('what was told durable is in the log once and in order, whatever dies', async (t) => {
  const holds = async (course: readonly Step[]) => {
    const { told, pushed, rows, left } = await play(t, course)
    const names = rows.map(nameOf)
    const inLog = new Set(names)
    const lost = told.filter((name) => !inLog.has(name))
    if (lost.length > 0) throw new Error(`lost: ${lost}`)
    if (new Set(told).size !== told.length) throw new Error('told twice')
    if (inLog.size !== names.length) throw new Error('appended twice')
    if (names.some((name) => !(name >= 1 && name <= pushed))) throw new Error('invented')
    if (names.some((name, i) => i > 0 && name < (names[i - 1] ?? 0))) throw new Error('disorder')
    if (left.length > 0) throw new Error('something is left on disk')
  }
  await t.resolves(fc.assert(fc.asyncProperty(steps, holds), { numRuns: RUNS, endOnFailure: true }))
})
