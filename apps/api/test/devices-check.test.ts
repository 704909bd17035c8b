import t from 'tap'
import { createFakeRealtime } from './fake-realtime.js'
import { createRig, dataOf, errorOf } from './rig.js'

t.test('the check of devices', async (t) => {
  const rig = await createRig(t)
  const check = (payload?: object) =>
    rig.app.inject({
      ...{ method: 'POST', url: '/api/session/devices/check' },
      ...(payload && { payload }),
    })
  const UNKNOWN = { available: false, permission: 'unknown' }

  t.test('says honestly that it knows nothing', async (t) => {
    for (const reply of [await check(), await check({})]) {
      t.same(dataOf(reply), {
        camera: UNKNOWN,
        microphone: UNKNOWN,
        network: { latency: 0, bandwidth: 0 },
        realtime: { reachable: false },
      })
    }
  })

  t.test('gives back what the browser said, and nothing else of it', async (t) => {
    const said = {
      camera: { available: true, permission: 'granted', label: 'FaceTime HD' },
      microphone: { permission: 'denied' },
      network: { latency: 42.5 },
      userAgent: 'x',
    }
    t.same(dataOf(await check(said)), {
      camera: { available: true, permission: 'granted' },
      microphone: { available: false, permission: 'denied' },
      network: { latency: 42.5, bandwidth: 0 },
      realtime: { reachable: false },
    })
  })

  t.test('takes no other words for a permission, and no number below nothing', async (t) => {
    for (const said of [
      { camera: { permission: 'perhaps' } },
      { network: { latency: -1 } },
      { microphone: 'yes' },
    ]) {
      t.equal(errorOf(await check(said)).code, 'VALIDATION_FAILED')
    }
  })

  t.test('knows whether a realtime process runs', async (t) => {
    await createFakeRealtime(t, rig)
    await rig.checks.run()
    t.match(dataOf(await check()), { realtime: { reachable: true } })
  })

  t.test('is not taken for a session called devices', async (t) => {
    t.equal((await check({})).statusCode, 200)
    t.equal(errorOf(await rig.post('/api/session/devices/end')).code, 'SESSION_NOT_FOUND')
    t.equal(errorOf(await rig.get('/api/session/devices/check')).code, 'ROUTE_NOT_FOUND')
    t.equal(errorOf(await rig.get('/api/session/batch-tick')).code, 'SESSION_NOT_FOUND')
  })
})
