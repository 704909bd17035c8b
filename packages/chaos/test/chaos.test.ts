import t from 'tap'
import { environmentMalformed } from '../src/faults/boot-refused.js'
import { databaseRestarted } from '../src/faults/database-stopped.js'
import { realtimeKilled } from '../src/faults/process-killed.js'
import type { Row } from '../src/report/row.js'
import { runFaults } from '../src/run-faults.js'

/**
 * Three faults of `npm run chaos`, with a tenth of its load. How fast things are found and mended is
 * for that command to say, on a machine that does nothing else; here it is that they are, and that
 * nothing is lost.
 */
const TIMING = /^(detection|recovery) took longer/

// tap gives up after 30 s; the runner of all tests after 240.
t.setTimeout(200_000)

t.test('a short run of the fault suite', async (t) => {
  const log: string[] = []
  const plan = {
    faults: [realtimeKilled, databaseRestarted, environmentMalformed],
    sessions: 10,
    framesPerSecond: 5,
    quick: true,
  }
  const rows = await runFaults(plan, (line) => log.push(line))
  const rowOf = (name: string): Row => {
    const row = rows.find((each) => each.name === name)
    if (row === undefined) throw new Error(`no row for ${name}`)
    return row
  }

  for (const { name } of plan.faults) {
    t.test(`${name}: found, named and mended`, async (t) => {
      const row = rowOf(name)
      t.same(
        row.missed.filter((words) => !TIMING.test(words)),
        [],
        log.join('\n'),
      )
      t.ok(row.detectedAfterMs !== null, 'detected')
      t.equal(row.verdictExpected, true, `the doctor said ${row.verdict}`)
      t.ok(row.recoveredAfterMs !== null, 'recovered')
    })
  }

  for (const name of ['realtime-killed', 'database-restarted']) {
    t.test(`${name}: no acknowledged frame is lost`, async (t) => {
      const { frames } = rowOf(name)
      t.ok((frames?.acknowledged ?? 0) > 0, 'frames were acknowledged')
      t.equal(frames?.lost, 0)
    })
  }

  t.test('realtime-killed: REST goes on', async (t) => {
    t.equal(rowOf('realtime-killed').requests?.failed, 0)
  })

  t.test(
    'database-restarted: what fails is refused with a code and a time to come back',
    async (t) => {
      t.equal(rowOf('database-restarted').requests?.failed, 0)
    },
  )
})
