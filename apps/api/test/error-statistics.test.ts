import t from 'tap'
import { createErrorStatistics } from '../src/operator/error-statistics.js'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 0, 5, 12)

t.test('the statistics of failures keep a day, by the hour', async (t) => {
  let now = NOON + 1_000
  const statistics = createErrorStatistics(() => now)
  const see = (route: string, status = 404) =>
    statistics.see({ method: 'GET', route, status, code: 'SESSION_NOT_FOUND' })
  see('/a')
  now += HOUR
  see('/b')
  see('/b')
  see('/a')
  statistics.see({ method: 'GET', route: '/a', status: 200, code: null })
  statistics.see({ method: 'GET', route: '/a', status: 500, code: 'INTERNAL' })
  t.strictSame(
    statistics.hours().map(({ startedAt, requests }) => [startedAt, requests]),
    [
      [NOON + HOUR, 5],
      [NOON, 1],
    ],
  )
  t.match(statistics.hours()[0]?.failures, [{ route: '/b', count: 2 }, { count: 1 }, { count: 1 }])

  now = NOON + 24 * HOUR + 1
  t.equal(statistics.hours().length, 1, 'what is older than a day is gone')
  for (let hours = 0; hours < 30; hours += 1) {
    now += HOUR
    see('/a')
  }
  t.equal(statistics.hours().length, 24)
  now -= 2 * HOUR
  see('/a')
  t.equal(statistics.hours().length, 24, 'a clock that was set back is no new hour')
  t.match(statistics.totals(), {
    ...{ since: NOON + 1_000, requests: 37 },
    failures: { '4xx': 35, '5xx': 1 },
  })
})

t.test('kinds of failure beyond the bound are counted as one', async (t) => {
  const statistics = createErrorStatistics(() => NOON)
  for (let index = 0; index < 250; index += 1) {
    const route = `/made-up/${index}`
    statistics.see({ method: 'GET', route, status: 404, code: 'ROUTE_NOT_FOUND' })
  }
  t.match(statistics.hours(), [{ requests: 250, others: 50, failures: { length: 200 } }])
})
