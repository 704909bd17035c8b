import t from 'tap'
import { positionForm } from '../src/http/page-cursor.js'
import { createRig, errorOf } from './rig.js'

const TOKEN = 'an-operator-token-of-32-letters!'
const cursorOf = (text: string) => Buffer.from(text).toString('base64url')

t.test('a cursor that no list gave is refused by name, at every list', async (t) => {
  const rig = await createRig(t, { env: { ADMIN_TOKEN: TOKEN } })
  const admin = { authorization: `Bearer ${TOKEN}` }
  const device = { 'x-device-id': 'device_of_somebody' }
  const whole = 'sess_3vYkq0J8Zt5cWm1xPbN7Lg'
  for (const [path, headers, id] of [
    ['/api/session', device, whole],
    ['/api/admin/sessions', admin, 'sess_3vYkq0J'],
    ['/api/admin/incidents', admin, '1'],
  ] as const) {
    const ask = (cursor: string) => rig.get(`${path}?cursor=${cursor}`, headers)
    t.equal((await ask(cursorOf(`9999999999999 ${id}`))).statusCode, 200, path)
    for (const text of [
      ...[`99999999999999 ${id}`, `999999999999999 ${id}`, `-1 ${id}`, `1e9 ${id}`],
      ...[`1 ${id}x'`, `1 ${id} 1`, id, '', '1 '],
    ]) {
      const reply = await ask(cursorOf(text))
      t.equal(reply.statusCode, 400, `${path}: ${text}`)
      const { code, details } = errorOf(reply)
      t.match([code, details?.[0]?.field], ['VALIDATION_FAILED', 'querystring/cursor'])
    }
  }
  for (const text of ['9'.repeat(16), '1 1', 'x', '']) {
    const reply = await rig.get(`/api/admin/audit?cursor=${cursorOf(text)}`, admin)
    t.equal(errorOf(reply).code, 'VALIDATION_FAILED', text)
  }
  t.equal(
    (await rig.get(`/api/admin/audit?cursor=${cursorOf('9'.repeat(15))}`, admin)).statusCode,
    200,
  )
})

t.test('every time a cursor may have is a date of the database', (t) => {
  const [, time] = positionForm('x').exec(`${'9'.repeat(13)} x`) ?? []
  t.match(new Date(Number(time)).toISOString(), /^2286-/)
  t.equal(positionForm('x').exec(`${'9'.repeat(14)} x`), null)
  t.end()
})
