import t from 'tap'
import { createRig, errorOf } from './rig.js'

t.test('bodies that no recursion survives are refused by name', async (t) => {
  const rig = await createRig(t)
  const nested = '['.repeat(50_000) + ']'.repeat(50_000)
  const start = (payload: string, more: Record<string, string> = {}) =>
    rig.app.inject({
      ...{ method: 'POST', url: '/api/session/start', payload },
      headers: { 'content-type': 'application/json', ...more },
    })
  // The key makes it digest the body; the escape makes it clean the texts.
  for (const [payload, more] of [
    [`{"userId":${nested}}`, { 'idempotency-key': 'one' }],
    [`{"userId":${nested},"counselorId":"\\ud83d"}`, {}],
    [nested, {}],
  ] as const) {
    const error = errorOf(await start(payload, more))
    t.equal(error.code, 'VALIDATION_FAILED')
    t.match(error.details, [{ field: 'body', problem: 'is nested too deeply' }])
  }
  t.equal((await start('{"userId":[[[{"a":[1]}]]]}')).statusCode, 201)
})

t.test('an address that only grows too long when it is normalised is no address', async (t) => {
  const rig = await createRig(t)
  const email = `${'\ufdfa'.repeat(90)}@example.com`
  const account = { username: 'Jimin', email, password: 'a walk by the sea' }
  const send = (url: string) => rig.app.inject({ method: 'POST', url, payload: account })
  for (const url of ['/api/auth/signup', '/api/auth/login']) {
    const { code, details } = errorOf(await send(url))
    t.match({ code, details }, { code: 'VALIDATION_FAILED', details: [{ field: 'body/email' }] })
  }
})

t.test('the address of a picture cannot end the attribute it is put into', async (t) => {
  const rig = await createRig(t)
  const { headers } = await rig.signUp()
  for (const profileImage of [
    'https://a"><script>',
    "https://a'onload='x",
    'javascript:alert(1)',
  ]) {
    const payload = { profileImage }
    const reply = await rig.app.inject({
      method: 'PUT',
      url: '/api/auth/profile',
      payload,
      headers,
    })
    t.equal(errorOf(reply).code, 'VALIDATION_FAILED', profileImage)
  }
})
