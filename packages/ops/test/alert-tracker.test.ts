import fc from 'fast-check'
import t from 'tap'
import {
  type Alert,
  type AlertPolicy,
  type AlertState,
  type CauseCode,
  NOTHING_WRONG,
  trackCauses,
  undoAlert,
} from '../src/index.js'

const POLICY: AlertPolicy = { afterMs: 10_000, clearMs: 5_000, remindMs: 60_000, reminders: 2 }

/** Looks once at each moment given; what was told comes back as `event code at duration`. */
function watch(looks: readonly [at: number, ...codes: CauseCode[]][], policy = POLICY) {
  let state: AlertState = NOTHING_WRONG
  const told: string[] = []
  for (const [at, ...codes] of looks) {
    // As between two runs of cron.
    const kept = JSON.parse(JSON.stringify(state)) as AlertState
    const seen = trackCauses(
      kept,
      codes.map((code) => ({ code, detail: 'x' })),
      { at, policy },
    )
    state = seen.state
    for (const { event, code, at, durationMs } of seen.alerts) {
      told.push(`${event} ${code} ${at} ${durationMs}`)
    }
  }
  return { told, state }
}

t.test('a cause alerts once, when it has lasted, and its end with how long it was', async (t) => {
  const { told, state } = watch([
    [0, 'BUS_LOST'],
    [9_999, 'BUS_LOST'],
    [10_000, 'BUS_LOST'],
    [20_000, 'BUS_LOST'],
    [30_000],
    [34_999],
    [35_000],
    [90_000],
  ])
  t.same(told, ['problem BUS_LOST 10000 10000', 'recovered BUS_LOST 35000 30000'])
  t.same(state, {})
})

t.test('a blip alerts nobody, neither of its beginning nor of its end', async (t) => {
  t.same(watch([[0, 'BUS_LOST'], [5_000], [12_000]]).told, [])
})

t.test('a cause that flaps is one problem, from its first sighting on', async (t) => {
  const looks: [number, ...CauseCode[]][] = []
  for (let at = 0; at < 60_000; at += 4_000) looks.push([at, 'BUS_LOST'], [at + 2_000])
  t.same(watch([...looks, [70_000]]).told, [
    'problem BUS_LOST 12000 12000',
    'recovered BUS_LOST 70000 58000',
  ])
})

t.test('reminders are told in their time, and only so many', async (t) => {
  const looks = Array.from({ length: 40 }, (_, i): [number, CauseCode] => [i * 10_000, 'BUS_LOST'])
  t.same(watch(looks).told, [
    'problem BUS_LOST 10000 10000',
    'reminder BUS_LOST 70000 70000',
    'reminder BUS_LOST 130000 130000',
  ])
})

t.test('causes are told apart: one ends while the other stays', async (t) => {
  const { told } = watch([
    [0, 'BUS_LOST', 'DATABASE_TIMEOUT'],
    [10_000, 'BUS_LOST', 'DATABASE_TIMEOUT'],
    [20_000, 'BUS_LOST'],
    [25_000, 'BUS_LOST'],
  ])
  t.same(told.slice(2), ['recovered DATABASE_TIMEOUT 25000 20000'])
})

t.test('what says since when it is so need not be watched for as long', async (t) => {
  const sighting = { code: 'BUS_LOST' as const, detail: 'no echo', since: 1_000 }
  const { alerts } = trackCauses(NOTHING_WRONG, [sighting], { at: 12_000, policy: POLICY })
  t.match(alerts, [{ event: 'problem', since: 1_000, durationMs: 11_000 }])
})

t.test('a process that is about to end tells at once', async (t) => {
  const sighting = { code: 'LOOP_STUCK' as const, detail: '30 s' }
  const look = { at: 0, policy: POLICY, urgent: true }
  t.match(trackCauses(NOTHING_WRONG, [sighting], look).alerts, [{ event: 'problem' }])
})

t.test('what reached nobody is told at the next look, as if it had not been', async (t) => {
  const lost = { code: 'BUS_LOST' as const, detail: 'x' }
  const at = (ms: number) => ({ at: ms, policy: { ...POLICY, afterMs: 0, clearMs: 0 } })
  const first = trackCauses(NOTHING_WRONG, [lost], at(0))
  const [problem] = first.alerts as [Alert]
  const untold = undoAlert(first.state, NOTHING_WRONG, problem)
  const second = trackCauses(untold, [lost], at(5_000))
  t.match(second.alerts, [{ event: 'problem', since: 0, durationMs: 5_000 }])

  const gone = trackCauses(second.state, [], at(9_000))
  const [recovery] = gone.alerts as [Alert]
  const again = trackCauses(undoAlert(gone.state, second.state, recovery), [], at(60_000))
  t.match(again.alerts, [{ event: 'recovered', durationMs: 9_000 }])
  t.same(again.state, {})
})

t.test('whatever comes and goes: problem, then reminders, then recovery, in turns', async (t) => {
  const codes: CauseCode[] = ['BUS_LOST', 'DATABASE_TIMEOUT']
  const look = fc.record({ waitMs: fc.integer({ min: 0, max: 90_000 }), seen: fc.subarray(codes) })
  const holds = fc.check(
    fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
      let at = 0
      const timed = looks.map(({ waitMs, seen }): [number, ...CauseCode[]] => {
        at += waitMs
        return [at, ...seen]
      })
      const { told } = watch(timed)
      for (const code of codes) {
        let last: Alert['event'] = 'recovered'
        let reminders = 0
        for (const line of told.filter((each) => each.includes(code))) {
          const event = line.split(' ')[0] as Alert['event']
          reminders = event === 'reminder' ? reminders + 1 : 0
          if ((event === 'problem') !== (last === 'recovered')) return false
          if (reminders > POLICY.reminders || line.includes('-')) return false
          last = event
        }
      }
      return true
    }),
  )
  t.notOk(holds.failed, fc.defaultReportMessage(holds) ?? 'holds')
})
