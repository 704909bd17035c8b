import t from 'tap'
import { createRig, errorOf } from './rig.js'

t.test('an API with more to do than it can', async (t) => {
  const rig = await createRig(t)
  await rig.checks.run()
  const id = await rig.start()
  const rss = (share: number) =>
    rig.pressure.look({ rssBytes: rig.pressure.limitBytes * share, loopDelayMs: 0 })

  rss(0.86)
  t.equal((await rig.get(`/api/session/${id}`)).statusCode, 200, 'serves as long as it can')
  rss(0.99)

  t.test('refuses new requests at once, and says when to come back', async (t) => {
    for (const [method, url] of [
      ['POST', '/api/session/start'],
      ['GET', `/api/session/${id}`],
      ['GET', '/nowhere'],
    ] as const) {
      const reply = await rig.app.inject({
        ...{ method, url, headers: { origin: 'http://localhost:5173', 'accept-language': 'ko' } },
      })
      t.equal(reply.statusCode, 503, url)
      t.match(errorOf(reply), { code: 'OVERLOADED', temporary: true, message: /[가-힣]/ })
      t.match(reply.headers, {
        'retry-after': '2',
        'access-control-allow-origin': 'http://localhost:5173',
      })
    }
  })

  t.test('still answers probes, and says what is wrong', async (t) => {
    for (const url of ['/livez', '/readyz', '/health', '/api/health']) {
      t.equal((await rig.get(url)).statusCode, 200, url)
    }
    const { status, causes } = (await rig.get('/health')).json()
    t.equal(status, 'degraded')
    t.match(
      causes.find(({ code }: { code: string }) => code === 'MEMORY_HIGH'),
      { detail: /MB/ },
    )
  })

  t.test('serves again when the load has passed', async (t) => {
    for (let looks = 0; looks < 5; looks++) rss(0.1)
    t.equal((await rig.get(`/api/session/${id}`)).statusCode, 200)
    t.notOk(rig.health.snapshot().causes.some(({ code }) => code === 'MEMORY_HIGH'))
  })
})
