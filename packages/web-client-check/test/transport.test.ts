import { createTcpProxy } from '@bemore/testing'
import t from 'tap'
import { until } from '../src/index.js'
import {
  createTestClient,
  enter,
  startBackend,
  statusesOf,
  type TestClient,
} from './test-client.js'

t.setTimeout(120_000)

const REFRESH = 'POST /api/auth/refresh'
const EVERY_CALL = ['x-request-id', 'x-client-version', 'x-device-id', 'x-timestamp']

interface Exported {
  readonly events: readonly { readonly type: string }[]
}

t.test('the existing web client over its transport', async (t) => {
  const { apiUrl } = await startBackend(t)
  const eventsOf = async ({ client }: TestClient, id: string, type: string) => {
    const { events } = (await client.request('GET', `/api/session/${id}/export`)) as Exported
    return events.filter((event) => event.type === type).length
  }

  t.test('headers are those of the contract, and the refresh has none of them', async (t) => {
    const browser = createTestClient(apiUrl)
    await enter(browser)
    browser.storage.setItem('bemore_access_token', 'garbage')
    const { sessionId } = await browser.api.start()
    await browser.api.pause(sessionId)
    await browser.api.logOut()
    for (const { call, headers, body } of browser.exchanges) {
      if (call === REFRESH) {
        t.strictSame(headers, { 'content-type': 'application/json' })
        continue
      }
      for (const name of EVERY_CALL) t.match(headers[name], /\S/, `${call}: ${name}`)
      if (call.startsWith('POST')) t.match(headers['x-csrf-token'], /^[0-9a-f]{64}$/, call)
      t.equal('content-type' in headers, body !== null, `${call}: a type where there is a body`)
    }
    const bare = browser.exchanges.filter(({ body }) => body === null).map(({ call }) => call)
    t.match(bare, [/\/pause$/, /\/logout$/])
    t.strictSame(statusesOf(browser, 'POST /api/auth/logout'), [200])
    t.equal(browser.storage.getItem('bemore_refresh_token'), null)
  })

  t.test('a start whose reply was lost is tried again and gives the same session', async (t) => {
    const { hostname, port } = new URL(apiUrl)
    const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
    t.teardown(() => proxy.close())
    const direct = createTestClient(apiUrl)
    await enter(direct)
    const browser = createTestClient(`http://127.0.0.1:${proxy.port}`, undefined, direct.storage)
    proxy.swallow({ toClient: true })
    const starting = browser.api.start()
    const lost = await until('the session is there', async () => {
      const { data } = (await direct.client.request('GET', '/api/session')) as {
        data: { sessions: { sessionId: string }[] }
      }
      return data.sessions[0]?.sessionId ?? null
    })
    proxy.forward()
    proxy.cut()
    t.equal((await starting).sessionId, lost)
    t.strictSame(statusesOf(browser, 'POST /api/session/start'), [null, 200])
    const { recentSessions } = await direct.api.history()
    t.equal(recentSessions.length, 1)
  })

  t.test('an end that is sent three times is one end', async (t) => {
    let lost = 0
    const browser = createTestClient(apiUrl, async (call, send) => {
      const reply = await send()
      if (!call.endsWith('/end') || lost === 2) return reply
      lost += 1
      throw new TypeError('the reply was lost')
    })
    await enter(browser)
    const { sessionId } = await browser.api.start()
    await browser.api.end(sessionId)
    t.strictSame(statusesOf(browser, `POST /api/session/${sessionId}/end`), [null, null, 200])
    t.equal(await eventsOf(browser, sessionId, 'session.ended'), 1)
    t.match(await browser.api.report(sessionId), { status: 'ended' })
  })

  t.test('pausing and resuming twice is pausing and resuming once', async (t) => {
    const browser = createTestClient(apiUrl)
    await enter(browser)
    const { sessionId } = await browser.api.start()
    for (const act of [browser.api.pause, browser.api.resume]) {
      await act(sessionId)
      await act(sessionId)
    }
    t.equal(await eventsOf(browser, sessionId, 'session.paused'), 1)
    t.equal(await eventsOf(browser, sessionId, 'session.resumed'), 1)
  })

  t.test('preferences nobody knows are taken, and what is known comes back', async (t) => {
    const browser = createTestClient(apiUrl)
    await enter(browser)
    t.same((await browser.api.preferences()) ?? {}, {}, 'nothing is made up')
    const known = {
      ...{ fontScale: 'xl', layoutDensity: 'compact', language: 'en', notificationsOptIn: true },
    }
    await browser.api.savePreferences({ ...known, theme: 'dark', density: { old: true } })
    t.match(await browser.api.preferences(), known)
  })

  t.test('who signs up with a name of two letters and spaces around it may', async (t) => {
    const { api } = createTestClient(apiUrl)
    const form = { email: 'short@example.com', password: 'seaside-2026' }
    await api.signUp({ username: ' 수지 ', ...form })
    t.match(await api.logIn(form), { username: '수지', email: form.email })
  })
})

t.test('access tokens that run out', async (t) => {
  const { apiUrl } = await startBackend(t, { ACCESS_TOKEN_LIFETIME_MS: '3000' })

  t.test('are refreshed once for all calls that meet it', async (t) => {
    const browser = createTestClient(apiUrl)
    await enter(browser)
    const { api } = browser
    await until('the token has run out', async () => {
      const headers = { authorization: `Bearer ${browser.client.keys.access()}` }
      return (await fetch(`${apiUrl}/api/auth/me`, { headers })).status === 401
    })
    browser.exchanges.length = 0
    const [me] = await Promise.all([api.me(), api.dashboard(), api.history(), api.preferences()])
    t.equal(me.username, '지민')
    t.strictSame(statusesOf(browser, REFRESH), [200])
    t.strictSame(statusesOf(browser, 'GET /api/auth/me'), [401, 200])
    t.equal(browser.signedOut(), 0)
  })

  t.test('are refreshed by two tabs with one refresh token, and both go on', async (t) => {
    const one = createTestClient(apiUrl)
    await enter(one)
    const other = createTestClient(apiUrl, undefined, one.storage)
    await Promise.all([one.client.refreshNow(), other.client.refreshNow()])
    const [first, second] = [one, other].map(({ exchanges }) => exchanges.at(-1)?.body)
    t.equal(first, second, 'the same token')
    t.equal((await other.api.me()).username, '지민')
    await one.client.refreshNow()
    t.equal((await one.api.me()).username, '지민')
    t.equal(one.signedOut() + other.signedOut(), 0)
  })

  t.test('end the sign-in in the page where the refresh token is no good', async (t) => {
    const browser = createTestClient(apiUrl)
    await enter(browser)
    browser.storage.setItem('bemore_access_token', 'garbage')
    browser.storage.setItem('bemore_refresh_token', 'undefined')
    await t.rejects(browser.api.me(), { name: 'ClientError' })
    t.equal(browser.signedOut(), 1)
    t.equal(browser.client.keys.access(), null)
    t.strictSame(statusesOf(browser, 'GET /api/auth/me'), [401], 'nothing is replayed')
  })
})
