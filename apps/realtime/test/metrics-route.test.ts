import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'

for (const transport of ['uws', 'ws'] as const) {
  t.test(`the metrics over ${transport} are for whoever has the token`, async (t) => {
    const house = await openHouse(t, { transport, metricsToken: 'scrape-me' })
    const { httpUrl } = await house.startProcess()
    const ask = (authorization?: string, method = 'GET') =>
      fetch(`${httpUrl}/metrics`, {
        method,
        ...(authorization !== undefined && { headers: { authorization } }),
      })

    const refused = await ask()
    t.equal(refused.status, 401)
    t.equal(refused.headers.get('www-authenticate'), 'Bearer')
    t.match(await refused.json(), { error: { code: 'METRICS_CLOSED' } })
    t.equal((await ask('Bearer scrape-me-not')).status, 401)
    t.equal((await ask('Bearer scrape-me', 'POST')).status, 404)

    const scraped = await ask('Bearer scrape-me')
    t.equal(scraped.status, 200)
    t.match(scraped.headers.get('content-type'), /^text\/plain; version=0\.0\.4/)
    t.match(await scraped.text(), /^bemore_sockets_open\{channel="landmarks"\} 0$/m)
  })
}
