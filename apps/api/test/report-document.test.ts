import t from 'tap'
import { createPdfRendering } from '../src/reports/pdf-rendering.js'
import { createFakeRealtime, makeWindow } from './fake-realtime.js'
import { createRig, createRigToCut, errorOf, until } from './rig.js'

const UNKNOWN = 'sess_AAAAAAAAAAAAAAAAAAAAAA'

t.test('the report as a page and as a PDF', async (t) => {
  const rig = await createRig(t)
  await rig.bus.ready(5_000)
  const realtime = await createFakeRealtime(t, rig)

  const endedSession = async () => {
    const id = await rig.start({ language: 'ko' })
    await realtime.appendWindow(id, makeWindow(0))
    await rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances` },
      payload: { text: '<script>alert(1)</script> 오늘은 좋았어요.' },
    })
    await rig.post(`/api/session/${id}/end`)
    return id
  }

  t.test('is a page that may load nothing, run nothing and be framed by nobody', async (t) => {
    const id = await endedSession()
    const { statusCode, headers, body } = await rig.get(`/api/session/${id}/report.html`)
    t.equal(statusCode, 200)
    t.equal(headers['content-type'], 'text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    t.match(policy, /default-src 'none'; style-src 'sha256-[^']+';/)
    t.match(policy, /frame-ancestors 'none'/)
    t.notMatch(policy, /unsafe|script-src/)
    t.match(body, /^<!doctype html><html lang="ko">/)
    t.notMatch(body, '<script')
    t.match(body, '&lt;script&gt;alert(1)')
    t.equal(headers['content-disposition'], undefined)
  })

  t.test('is a file with a safe name, that a page of another origin can read', async (t) => {
    const id = await endedSession()
    const { statusCode, headers, rawPayload } = await rig.get(`/api/session/${id}/report/pdf`, {
      origin: 'http://localhost:5173',
    })
    t.equal(statusCode, 200)
    t.equal(headers['content-type'], 'application/pdf')
    t.equal(headers['content-disposition'], `attachment; filename="bemore-report-${id}.pdf"`)
    t.equal(headers['access-control-allow-origin'], 'http://localhost:5173')
    t.equal(rawPayload.subarray(0, 5).toString(), '%PDF-')
    t.equal(Number(headers['content-length']), rawPayload.length)
  })

  t.test('speaks the language asked for, else the session’s own', async (t) => {
    const id = await endedSession()
    const languageOf = async (query: string, headers = {}) => {
      const { body } = await rig.get(`/api/session/${id}/report.html${query}`, headers)
      return /<html lang="(\w+)">/.exec(body)?.[1]
    }
    t.equal(await languageOf(''), 'ko')
    t.equal(await languageOf('', { 'accept-language': 'en-GB' }), 'en')
    t.equal(await languageOf('?lang=en'), 'en')
    t.equal(await languageOf('?language=ko&lang=en', { 'accept-language': 'en' }), 'ko')
    for (const path of ['report.html', 'report/pdf']) {
      const refused = await rig.get(`/api/session/${id}/${path}?lang=fr`)
      t.equal(errorOf(refused).code, 'VALIDATION_FAILED')
    }
  })

  t.test('is not sent again to who has it', async (t) => {
    const id = await endedSession()
    const tags = new Set<unknown>()
    for (const path of ['report.html', 'report/pdf', 'report.html?lang=en', 'report/pdf?lang=en']) {
      const url = `/api/session/${id}/${path}`
      const { headers } = await rig.get(url)
      t.equal(headers['cache-control'], 'private, no-cache')
      tags.add(headers.etag)
      const again = await rig.get(url, { 'if-none-match': String(headers.etag) })
      t.equal(again.statusCode, 304)
      t.equal(again.body, '')
    }
    t.equal(tags.size, 4)
  })

  t.test('of a running session says that more will follow, and follows it', async (t) => {
    const id = await rig.start({ language: 'en' })
    const url = `/api/session/${id}/report.html`
    const first = await rig.get(url)
    t.match(first.body, 'The session has not ended yet.')
    await rig.post(`/api/session/${id}/end`)
    const last = await rig.get(url, { 'if-none-match': String(first.headers.etag) })
    t.equal(last.statusCode, 200)
    t.notMatch(last.body, 'The session has not ended yet.')
  })

  t.test('of no session, or of an erased one, is an error like any other', async (t) => {
    const id = await endedSession()
    const paths = ['report.html', 'report/pdf']
    for (const path of paths) await rig.get(`/api/session/${id}/${path}`)
    await rig.app.inject({ method: 'DELETE', url: `/api/session/${id}` })
    for (const path of paths) {
      for (const session of [id, UNKNOWN, 'nonsense']) {
        const reply = await rig.get(`/api/session/${session}/${path}`)
        t.equal(reply.statusCode, 404)
        t.match(reply.headers['content-type'], 'application/json')
        t.equal(errorOf(reply).code, 'SESSION_NOT_FOUND')
      }
    }
  })
})

t.test('beyond so many PDFs at a time others are asked to come back', async (t) => {
  const rig = await createRig(t, { env: { PDF_CONCURRENCY: '1' } })
  await rig.bus.ready(5_000)
  const ids = [await rig.start(), await rig.start(), await rig.start()]
  for (const id of ids) await rig.post(`/api/session/${id}/end`)
  const replies = await Promise.all(ids.map((id) => rig.get(`/api/session/${id}/report/pdf`)))
  const refused = replies.filter(({ statusCode }) => statusCode === 503)
  t.ok(refused.length > 0, `${refused.length} of ${replies.length}`)
  t.equal(refused.length + replies.filter(({ statusCode }) => statusCode === 200).length, 3)
  for (const reply of refused) {
    t.equal(errorOf(reply).code, 'OVERLOADED')
    t.ok(Number(reply.headers['retry-after']) > 0)
  }
  for (const id of ids) t.equal((await rig.get(`/api/session/${id}/report/pdf`)).statusCode, 200)
})

t.test('a rendering that takes too long is ended, and makes room for the next', async (t) => {
  const rig = await createRig(t)
  const id = await rig.start()
  const { data } = (await rig.get(`/api/session/${id}/report`)).json()
  const renderPdf = createPdfRendering({ concurrency: 1, timeoutMs: 1 })
  await t.rejects(renderPdf(data), { code: 'OVERLOADED' })
  await t.rejects(renderPdf(data), { code: 'OVERLOADED' })
  await t.resolves(createPdfRendering({ concurrency: 1, timeoutMs: 20_000 })(data))
  const broken = createPdfRendering({ concurrency: 1, timeoutMs: 20_000 })
  await t.rejects(broken({ ...data, timeline: null }), TypeError)
})

t.test('while the database is away what is kept is served, and said to be stale', async (t) => {
  const { rig, proxy, cut } = await createRigToCut(t)
  const [kept, other] = [await rig.start(), await rig.start()]
  await rig.post(`/api/session/${kept}/end`)
  const paths = ['report.html', 'report/pdf']
  for (const path of paths) await rig.get(`/api/session/${kept}/${path}`)
  await cut()
  await until('the bus is lost', () => rig.bus.state !== 'listening')
  for (const path of paths) {
    const stale = await rig.get(`/api/session/${kept}/${path}`)
    t.equal(stale.statusCode, 200)
    t.equal(stale.headers['x-bemore-stale'], 'true')
    const none = await rig.get(`/api/session/${other}/${path}`)
    t.equal(errorOf(none).code, 'DATABASE_UNREACHABLE')
  }
  await proxy.accept()
})
