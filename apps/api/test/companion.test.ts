import { createFakeGemini, FAKE_GEMINI_MODES } from '@bemore/testing'
import t from 'tap'
import { createRig, dataOf } from './rig.js'

interface Estimate {
  readonly emotion: string
  readonly source: string
  readonly reason?: string
  readonly probabilities: Record<string, number> | null
  readonly risk: { readonly contacts: readonly { readonly phone: string }[] } | null
}

/** A recording as a browser's form sends it. */
function formOf(content: string, type = 'audio/webm;codecs=opus', name = 'audio') {
  const boundary = 'bemore-test-boundary'
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: [
      `--${boundary}`,
      `Content-Disposition: form-data; name="${name}"; filename="audio.webm"`,
      `Content-Type: ${type}`,
      '',
      content,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  }
}

t.test('without a companion', async (t) => {
  const rig = await createRig(t)
  const ask = (payload: object) => rig.app.inject({ method: 'POST', url: '/api/emotion', payload })

  t.test('a text is estimated by the local model', async (t) => {
    const estimate = dataOf<Estimate>(await ask({ text: '오늘 정말 행복했어요' }))
    t.match(estimate, { emotion: 'happy', source: 'local', reason: 'off', risk: null })
    t.match(dataOf<Estimate>(await ask({ text: '今日はいい天気' })), {
      ...{ emotion: 'unknown', probabilities: null },
    })
    t.match((await ask({ text: 'x'.repeat(2_001) })).json(), {
      error: { code: 'UTTERANCE_TOO_LONG' },
    })
  })

  t.test('a text of risk is answered with who can be called', async (t) => {
    const estimate = dataOf<Estimate>(await ask({ text: '죽고 싶어요' }))
    t.equal(estimate.risk?.contacts[0]?.phone, '109')
  })

  t.test('speech is not recognised, and it is said so', async (t) => {
    const url = '/api/stt/transcribe'
    const send = (form: object) => rig.app.inject({ method: 'POST', url, ...form })
    t.match((await send(formOf('sound'))).json(), { error: { code: 'STT_UNAVAILABLE' } })
    t.match((await send(formOf('<svg/>', 'image/svg+xml'))).json(), {
      error: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    })
    t.match((await send(formOf('sound', 'audio/webm', 'other'))).json(), {
      error: { code: 'VALIDATION_FAILED', details: [{ field: 'body/audio' }] },
    })
    const whole = formOf('sound')
    const garbled = { ...whole, payload: whole.payload.slice(0, -20) }
    t.match((await send(garbled)).json(), { error: { code: 'VALIDATION_FAILED' } })
    t.match((await send(formOf(''))).json(), { error: { code: 'VALIDATION_FAILED' } })
    t.match((await send({ payload: { audio: 'text' } })).json(), {
      error: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    })
  })

  t.test('a report is told by its own sentences', async (t) => {
    const id = await rig.start({ language: 'en' })
    const told = dataOf(await rig.get(`/api/session/${id}/report/narrative`))
    t.match(told, { source: 'local', reason: 'off', text: /\w/ })
  })
})

t.test('a recording above the limit is refused', async (t) => {
  const rig = await createRig(t, { env: { AUDIO_LIMIT_BYTES: '1000' } })
  const url = '/api/stt/transcribe'
  const send = (form: object) => rig.app.inject({ method: 'POST', url, ...form })
  t.match((await send(formOf('x'.repeat(2_000)))).json(), { error: { code: 'BODY_TOO_LARGE' } })
  t.match((await send(formOf('x'.repeat(50_000)))).json(), { error: { code: 'BODY_TOO_LARGE' } })
})

t.test('with a companion', async (t) => {
  const gemini = await createFakeGemini()
  t.teardown(() => gemini.close())
  const rig = await createRig(t, {
    env: {
      ...{ GEMINI_API_KEY: gemini.key, GEMINI_BASE_URL: gemini.url, GEMINI_RETRIES: '0' },
      ...{ GEMINI_TIMEOUT_MS: '400', GEMINI_STREAM_IDLE_MS: '300', GEMINI_BREAKER_FAILURES: '100' },
    },
  })
  const estimate = async (text: string) =>
    dataOf<Estimate>(
      await rig.app.inject({ method: 'POST', url: '/api/emotion', payload: { text } }),
    )
  const transcribe = () =>
    rig.app.inject({ method: 'POST', url: '/api/stt/transcribe', ...formOf('sound') })

  t.test('it refines an emotion, recognises speech and tells a report', async (t) => {
    t.match(await estimate('I had a strange day'), { source: 'gemini' })
    t.match(dataOf(await transcribe()), { source: 'gemini', text: /\w/ })
    const id = await rig.start({ language: 'en' })
    await rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances` },
      payload: { text: 'My neighbour Zebulon sold his boat' },
    })
    const told = dataOf(await rig.get(`/api/session/${id}/report/narrative`))
    t.match(told, { source: 'gemini', text: /\w/ })
    t.notMatch(JSON.stringify(gemini.requests.at(-1)), /Zebulon/, 'no words of the session leave')
  })

  t.test('what somebody at risk says goes nowhere', async (t) => {
    const before = gemini.requests.length
    t.match(await estimate('I want to kill myself'), { source: 'local', reason: 'risk' })
    const id = await rig.start({ language: 'en' })
    await rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances` },
      payload: { text: 'I want to die' },
    })
    const told = dataOf(await rig.get(`/api/session/${id}/report/narrative`))
    t.match(told, { source: 'local', reason: 'risk' })
    t.equal(gemini.requests.length, before)
  })

  t.test(
    'however it fails, the answer is the local one, and the key is told to nobody',
    async (t) => {
      for (const mode of FAKE_GEMINI_MODES) {
        if (mode === 'healthy' || mode === 'slow') continue
        gemini.behave(mode)
        const reply = await estimate('I had a strange day')
        t.match(reply, { source: 'local', emotion: /\w/ }, mode)
        const heard = await transcribe()
        t.ok([422, 503].includes(heard.statusCode), `${mode}: ${heard.statusCode}`)
        t.notMatch(heard.body, /fake-gemini-key|127\.0\.0\.1/)
      }
      t.notMatch(JSON.stringify(rig.logged()), /fake-gemini-key/)
    },
  )
})
