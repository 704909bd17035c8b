import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import {
  findChromium,
  launchChromium,
  openWatchedPage,
  startPageServer,
  until,
} from '../src/index.js'

const chromium = findChromium()
const skip = chromium === null && 'NO CHROMIUM HERE: apt-get install chromium, or set CHROMIUM'

/** The walk says that nothing was amiss: so what is amiss must be seen. */
t.test('what goes wrong in a page is written down', { skip }, async (t) => {
  const browser = await launchChromium(chromium ?? '')
  t.teardown(() => browser.close())
  const server = await startPageServer()
  t.teardown(() => server.close())
  // An API whose every answer, to preflights too, lacks the headers of CORS.
  const api = http.createServer((_request, reply) => reply.writeHead(401).end('{}'))
  api.listen(0, '127.0.0.1')
  await once(api, 'listening')
  t.teardown(() => api.close())
  const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  server.serveFor(apiUrl, 'cross-origin')
  const { page, ...watched } = await openWatchedPage(await browser.newContext())
  await page.goto(`${server.origin}/auth/login`)
  await page.waitForSelector('html[data-ready]')
  t.same(watched.problems, [])
  t.same(watched.failures, [])

  t.test('a connection that the policy forbids', async (t) => {
    await page.evaluate(`fetch('http://127.0.0.1:1/api/elsewhere').catch(() => {})`)
    await until('it is told', () => watched.problems.length > 0)
    t.match(watched.forgive().problems, [/Content.Security.Policy/])
  })

  t.test('a preflight that was not allowed, and the call behind it', async (t) => {
    const headers = `{ headers: { 'x-device-id': 'device_1' } }`
    await page.evaluate(`fetch('${apiUrl}/api/auth/me', ${headers}).catch(() => {})`)
    await until('it is told', () => watched.failures.length > 0)
    t.match(watched.forgive().failures[0], /^GET \/api\/auth\/me net::ERR_FAILED/)
    t.match(watched.preflights, [{ url: `${apiUrl}/api/auth/me`, method: 'GET', status: 401 }])
  })

  t.test('an exception', async (t) => {
    await page.evaluate(`setTimeout(() => { throw new Error('broken') })`)
    await until('it is told', () => watched.problems.some((each) => each.includes('broken')))
    t.pass('told')
  })

  t.test('a sign-in that is refused unreadably is told as the client tells it', async (t) => {
    await page.fill('[name=email]', 'jimin@example.com')
    await page.fill('[name=password]', 'seaside-2026')
    await page.click('button[type=submit]')
    t.match(await page.textContent('.problem'), /네트워크/)
  })
})
