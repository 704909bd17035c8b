import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

t.test('what pages tell of themselves', async (t) => {
  const rig = await createRig(t, { env: { METRICS_PUBLIC: 'yes' } })
  const send = (path: string, payload: unknown, type = 'application/json') =>
    rig.app.inject({
      ...{ method: 'POST', url: `/api/analytics/${path}` },
      headers: { 'content-type': type },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
  const scrape = async () => (await rig.get('/metrics')).body
  const LCP = { name: 'LCP', value: 1_830.5, rating: 'good', timestamp: Date.now() }

  t.test('vitals are counted, as JSON and as sendBeacon sends it', async (t) => {
    t.same(dataOf(await send('vitals', LCP)), { received: true })
    t.equal((await send('vitals', LCP, 'text/plain;charset=UTF-8')).statusCode, 200)
    t.equal((await send('vitals', { ...LCP, id: 'v3-1', delta: 2 })).statusCode, 200)
    const shift = { name: 'CLS', value: 0.02, rating: 'needs-improvement', timestamp: 'now' }
    t.equal((await send('vitals', shift)).statusCode, 200)
    const text = await scrape()
    t.match(text, 'bemore_web_vitals_total{name="LCP",rating="good"} 3')
    t.match(text, 'bemore_web_vitals_total{name="CLS",rating="needs-improvement"} 1')
    t.match(text, 'bemore_web_vitals_seconds_bucket{le="2.5",name="LCP"} 3')
    t.match(text, 'bemore_web_layout_shift_bucket{le="0.05"} 1')
  })

  t.test('nobody makes a label or a number of his own', async (t) => {
    for (const wrong of [
      { ...LCP, name: 'LCP2' },
      { ...LCP, rating: 'splendid' },
      { ...LCP, value: -1 },
      { ...LCP, value: 'much' },
      { name: 'LCP' },
      [],
    ]) {
      t.equal(errorOf(await send('vitals', wrong)).code, 'VALIDATION_FAILED')
    }
    t.equal(errorOf(await send('vitals', '{"name":"LCP","value":1e999}')).code, 'VALIDATION_FAILED')
    t.equal((await send('vitals', { ...LCP, name: 'INP', value: 1e300 })).statusCode, 200)
    t.match(await scrape(), 'bemore_web_vitals_seconds_sum{name="INP"} 60')
  })

  t.test('an alert is counted, and its words go nowhere', async (t) => {
    const alert = { message: 'zanzibar', timestamp: 1, url: 'https://x.example/?zanzibar' }
    t.same(dataOf(await send('alert', alert)), { received: true })
    t.equal((await send('alert', alert, 'text/plain')).statusCode, 200)
    t.equal(errorOf(await send('alert', { url: 'x' })).code, 'VALIDATION_FAILED')
    const text = await scrape()
    t.match(text, 'bemore_web_alerts_total 2')
    t.notMatch(text + JSON.stringify(rig.logged()), /zanzibar/)
  })

  t.test('a text is JSON here, or nothing, and no longer than an alert', async (t) => {
    t.equal(errorOf(await send('vitals', 'hello', 'text/plain')).code, 'MALFORMED_JSON')
    t.equal((await send('vitals', '{"__proto__":{}}', 'text/plain')).statusCode, 400)
    t.equal(errorOf(await send('alert', 'x'.repeat(20_000), 'text/plain')).code, 'BODY_TOO_LARGE')
    t.equal(errorOf(await send('vitals', 'x', 'text/html')).code, 'UNSUPPORTED_MEDIA_TYPE')
    const start = await rig.app.inject({
      ...{ method: 'POST', url: '/api/session/start', payload: '{}' },
      headers: { 'content-type': 'text/plain' },
    })
    t.equal(errorOf(start).code, 'UNSUPPORTED_MEDIA_TYPE', 'here and nowhere else')
  })
})
