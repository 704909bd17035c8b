import assert from 'node:assert/strict'
import { until } from '../until.js'
import { follow, reload, type Step, visit, type Walk } from '../walk.js'
import { openWatchedPage } from '../watched-page.js'

/** What the client shows where a refusal's CORS header cannot be read by the page. */
const CORS_TEXT = /서버 설정 작업/

const signUp: Step = {
  name: 'signing up leads to the login',
  async run(walk) {
    const { page, person } = walk
    await visit(walk, '/app')
    assert.match(page.url(), /\/auth\/login$/, 'a guarded page leads to the login')
    await page.click('text=회원가입')
    for (const [name, value] of Object.entries(person)) await page.fill(`[name=${name}]`, value)
    await walk.shoot('sign-up')
    await page.click('button[type=submit]')
    await page.waitForSelector('text=가입이 완료되었습니다')
    await page.waitForURL('**/auth/login')
  },
}

const wrongPassword: Step = {
  name: 'a wrong password is told in the words of the server',
  async run({ page, person, watched, shoot }) {
    await page.fill('[name=email]', person.email)
    await page.fill('[name=password]', 'not the password')
    await page.click('button[type=submit]')
    const problem = (await page.textContent('.problem')) ?? ''
    assert.doesNotMatch(problem, CORS_TEXT, 'the 401 could be read by the page')
    assert.ok(problem.length > 0 && problem !== '요청이 실패했습니다', problem)
    await shoot('wrong-password')
    assert.deepEqual(watched.forgive().failures, ['POST /api/auth/login 401'], 'not refreshed')
  },
}

const logIn: Step = {
  name: 'logging in leads to the dashboard, with the preferences asked for and sent back whole',
  async run(walk) {
    const { page, person, watched } = walk
    await page.fill('[name=email]', person.email)
    await page.fill('[name=password]', person.password)
    watched.calls.length = 0
    await page.click('button[type=submit]')
    await page.waitForSelector('.dashboard')
    assert.equal(new URL(page.url()).pathname, '/app')
    assert.match((await page.textContent('#user')) ?? '', /지민/)
    await until('the preferences are sent back', () =>
      watched.calls.includes('PUT /api/user/preferences'),
    )
    const { calls } = watched
    assert.ok(
      calls.indexOf('GET /api/user/preferences') < calls.indexOf('PUT /api/user/preferences'),
    )
    await walk.shoot('first-dashboard')
  },
}

const preferences: Step = {
  name: 'changed preferences come back from the server after a reload, and `me` is asked on load',
  async run(walk) {
    const { page, watched } = walk
    await follow(walk, '설정')
    const saved = page.waitForResponse(
      (reply) => reply.request().method() === 'PUT' && reply.url().endsWith('/preferences'),
    )
    await page.selectOption('[name=fontScale]', 'lg')
    await page.selectOption('[name=layoutDensity]', 'compact')
    const body = JSON.parse((await saved).request().postData() ?? '{}') as object
    assert.deepEqual(body, {
      preferences: {
        ...{ fontScale: 'lg', layoutDensity: 'compact', language: 'ko' },
        notificationsOptIn: false,
      },
    })
    await page.evaluate(`localStorage.removeItem('bemore_settings_v1')`)
    watched.calls.length = 0
    await reload(walk)
    assert.equal(watched.calls[0], 'GET /api/auth/me')
    assert.equal(await page.inputValue('[name=fontScale]'), 'lg')
    assert.equal(await page.inputValue('[name=layoutDensity]'), 'compact')
    await walk.shoot('settings')
  },
}

const garbageToken: Step = {
  name: 'an access token that is garbage is refreshed once, and the call is replayed',
  async run(walk) {
    const { page, watched } = walk
    await page.evaluate(`localStorage.setItem('bemore_access_token', 'garbage')`)
    watched.calls.length = 0
    await reload(walk)
    assert.deepEqual(watched.calls.slice(0, 3), [
      ...['GET /api/auth/me', 'POST /api/auth/refresh', 'GET /api/auth/me'],
    ])
    assert.match((await page.textContent('#user')) ?? '', /지민/)
    assert.deepEqual(watched.forgive().failures, ['GET /api/auth/me 401'])
    // Calls that meet it together share one refresh.
    await page.evaluate(`localStorage.setItem('bemore_access_token', 'garbage')`)
    watched.calls.length = 0
    await page.evaluate(
      `Promise.all([bemore.api.history(), bemore.api.dashboard(), bemore.api.me()])`,
    )
    const refreshes = watched.calls.filter((call) => call === 'POST /api/auth/refresh')
    assert.equal(refreshes.length, 1)
    assert.equal(watched.forgive().failures.filter((each) => each.endsWith(' 401')).length, 3)
  },
}

const SOON_MS = 400

const twoTabs: Step = {
  name: 'two tabs whose timers refresh with the same token at once stay signed in',
  async run(walk) {
    const { page, context, site } = walk
    const { page: other, problems } = await openWatchedPage(context)
    await other.goto(`${site.origin}/app/history`)
    await other.waitForSelector('html[data-ready]')
    const both = [page, other]
    const sent: string[] = []
    context.on('request', (request) => {
      if (request.url().endsWith('/api/auth/refresh')) sent.push(request.postData() ?? '')
    })
    const at = Date.now() + SOON_MS
    const fire = `new Promise((fired) => setTimeout(fired, ${at} - Date.now())).then(() => bemore.refreshTimer())`
    await Promise.all(both.map((tab) => tab.evaluate(fire)))
    assert.equal(sent.length, 2)
    assert.equal(sent[0], sent[1], 'the same token')
    for (const tab of both) {
      assert.equal(await tab.evaluate('bemore.api.me().then((user) => user.username)'), '지민')
      await tab.evaluate('bemore.refreshTimer()')
    }
    assert.deepEqual(problems, [])
    await other.close()
  },
}

const logOut: Step = {
  name: 'logging out ends the sign-in on the server: pages are guarded and calls are 401',
  async run(walk) {
    const { page, watched, site } = walk
    const token = await page.evaluate<string>(`localStorage.getItem('bemore_access_token')`)
    page.once('dialog', (dialog) => void dialog.accept())
    const replied = page.waitForResponse((reply) => reply.url().endsWith('/api/auth/logout'))
    await page.click('[data-act=logout]')
    const reply = await replied
    assert.equal(reply.status(), 200)
    assert.equal(reply.request().postData(), null, 'without a body')
    await page.waitForURL('**/auth/login')
    assert.equal(await page.evaluate(`localStorage.getItem('bemore_refresh_token')`), null)
    for (const path of ['/app', '/app/session', '/app/history', '/app/settings']) {
      await visit(walk, path)
      assert.match(page.url(), /\/auth\/login$/, path)
    }
    assert.deepEqual(watched.failures, [])
    await walk.shoot('logged-out')
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const answer = await readRefusal(walk, headers)
      assert.equal(answer.status, 401)
      assert.match(answer.code, /^(AUTH_REQUIRED|TOKEN_)/)
      if (site.place === 'cross-origin') assert.equal(answer.allowed, site.origin, 'readable ACAO')
    }
    assert.equal(watched.forgive().failures.length, 2)
  },
}

function readRefusal(
  { page, site }: Walk,
  headers: object,
): Promise<{ status: number; code: string; allowed: string | null }> {
  const base = site.place === 'cross-origin' ? site.apiUrl : ''
  return page.evaluate(`fetch('${base}/api/user/preferences', { headers: ${JSON.stringify(headers)} })
    .then(async (reply) => ({
      status: reply.status,
      code: (await reply.json()).error.code,
      allowed: reply.headers.get('access-control-allow-origin'),
    }))`)
}

export const ENTERING = [signUp, wrongPassword, logIn, preferences, garbageToken, twoTabs]
export const LEAVING = [logOut]
