import assert from 'node:assert/strict'
import { until } from '../until.js'
import { follow, reload, type Step, type Walk } from '../walk.js'

const CHANNELS = ['landmarks', 'voice', 'session']
const OPEN_WITHIN_MS = 5_000
/** Thoughts of the kind that is found, said by whoever has a microphone that this client has not. */
const SAID = ['저는 항상 모든 일에 실패해요.', '다들 저를 한심하게 생각할 게 분명해요.']

const evaluate = <Result>({ page }: Walk, expression: string) =>
  page.evaluate<Result>(`(() => { const { session } = bemore; return ${expression} })()`)

const countOf = (walk: Walk, type: string, channel: string) =>
  evaluate<number>(
    walk,
    `session.sockets.received.filter((each) => each.type === '${type}' && each.channel === '${channel}').length`,
  )

const start: Step = {
  name: 'a session starts, and its three sockets are open within 5 s',
  async run(walk) {
    const { page, watched } = walk
    watched.calls.length = 0
    await follow(walk, '세션')
    await until('the dashboard is asked for here, too', () =>
      watched.calls.includes('GET /api/dashboard/summary'),
    )
    await page.click('text=세션 시작')
    await page.waitForSelector('#connection:text-is("연결됨")', { timeout: OPEN_WITHIN_MS })
    walk.session = { id: await evaluate(walk, 'session.id') }
    assert.match(walk.session.id, /^sess_[\w-]{20,}$/)
    await walk.shoot('connected')
  },
}

const stream: Step = {
  name: 'ten frames a second are streamed until an emotion comes',
  async run(walk) {
    await until('an emotion', async () => (await countOf(walk, 'emotion_update', 'landmarks')) > 0)
    const sent = await evaluate<number>(walk, 'session.stream.sent()')
    assert.ok(sent >= 80, `${sent} frames`)
    const emotion = await walk.page.getAttribute('#emotion', 'data-emotion')
    assert.match(emotion ?? '', /^(happy|sad|angry|anxious|neutral|surprised|disgusted|fearful)$/)
    assert.doesNotMatch((await walk.page.textContent('#emotion')) ?? '', /알 수 없는/)
  },
}

const say: Step = {
  name: 'what is said is shown as a subtitle',
  async run(walk) {
    const token = await walk.page.evaluate<string>(`localStorage.getItem('bemore_access_token')`)
    for (const text of SAID) {
      const reply = await fetch(`${walk.site.apiUrl}/api/session/${walk.session.id}/utterances`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ text }),
      })
      assert.equal(reply.status, 200)
      await walk.page.waitForSelector(`#subtitle:text-is("${text}")`)
    }
    await walk.shoot('emotion')
  },
}

const pings: Step = {
  name: 'a ping on each of the three channels is answered, paused or not; a pause drops frames only',
  async run(walk) {
    const { page } = walk
    const isAnswered = async () => {
      const counts = await Promise.all(CHANNELS.map((channel) => countOf(walk, 'pong', channel)))
      return counts.every((count) => count > 0)
    }
    await page.click('text=일시정지')
    await page.waitForSelector('[data-status=paused]')
    const before = await evaluate<number>(walk, 'session.stream.sent()')
    await until('a pong on each channel', isAnswered)
    await until('3 s of frames meanwhile', async () => {
      return (await evaluate<number>(walk, 'session.stream.sent()')) > before + 30
    })
    const closed = await evaluate<number>(
      walk,
      `Object.values(session.sockets.channels).reduce((sum, { counts }) => sum + counts.closed, 0)`,
    )
    assert.equal(closed, 0, 'no socket was closed')
    await walk.shoot('paused')
    await page.click('text=재개')
    await page.waitForSelector('[data-status=active]')
  },
}

const carryOn: Step = {
  name: 'a page that was reloaded goes on with its session by the three sockets alone',
  async run(walk) {
    const { page, watched } = walk
    await reload(walk, '/app/session')
    watched.calls.length = 0
    await page.click('text=세션 계속하기')
    await page.waitForSelector('#connection:text-is("연결됨")', { timeout: OPEN_WITHIN_MS })
    const ofSessions = watched.calls.filter((call) => call.includes('/session/'))
    assert.deepEqual(ofSessions, [], 'the API is asked nothing')
    await until(
      'frames again',
      async () => (await evaluate<number>(walk, 'session.stream.sent()')) > 20,
    )
  },
}

const end: Step = {
  name: 'the end, with summary, report and dashboard at once, gives the result',
  async run(walk) {
    const { page, watched, session } = walk
    watched.calls.length = 0
    const replies = ['summary', 'report', 'end'].map((name) =>
      page.waitForResponse((reply) => reply.url().endsWith(`/${session.id}/${name}`)),
    )
    await page.click('text=세션 종료')
    await page.waitForSelector('text=세션 완료')
    const [summary, report] = await Promise.all(replies)
    assert.deepEqual(
      new Set(watched.calls),
      new Set([
        `POST /api/session/${session.id}/end`,
        `GET /api/session/${session.id}/summary`,
        `GET /api/session/${session.id}/report`,
        'GET /api/dashboard/summary',
      ]),
    )
    const { data } = JSON.parse((await report?.text()) ?? '') as {
      data: { status: string; vadTimeline: unknown[]; cbtFindings: unknown[] }
    }
    assert.equal(data.status, 'ended')
    assert.ok(data.vadTimeline.length > 0, 'points in the timeline')
    assert.ok(data.cbtFindings.length > 0, 'findings')
    assert.match((await summary?.text()) ?? '', /"interim":false/)
    assert.equal(await page.locator('.timeline tbody tr').count(), data.vadTimeline.length)
    assert.ok((await page.locator('.findings .card').count()) > 0)
    assert.doesNotMatch((await page.textContent('.result')) ?? '', /NaN|undefined|\[object/)
    await walk.shoot('result')
  },
}

export const IN_SESSION = [start, stream, say, pings, carryOn, end]
