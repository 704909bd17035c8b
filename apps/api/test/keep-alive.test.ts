import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createSender } from './fuzz/send.js'
import { createRig } from './rig.js'

t.test(
  'a refused recording leaves nothing in the connection that the next waits behind',
  async (t) => {
    const rig = await createRig(t)
    await rig.app.listen({ port: 0, host: '127.0.0.1' })
    const { send, close } = createSender((rig.app.server.address() as AddressInfo).port, 1)
    t.teardown(close)
    const disposition = 'Content-Disposition: form-data; name="picture"; filename="a.webm"'
    const body = Buffer.from(
      `--x\r\n${disposition}\r\nContent-Type: audio/webm\r\n\r\n${'x'.repeat(400_000)}\r\n--x--\r\n`,
    )
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    for (let i = 0; i < 3; i++) {
      const form = { method: 'POST', path: '/api/stt/transcribe', headers, body }
      t.equal((await send(form)).status, 400)
      const next = { method: 'GET', path: '/livez', headers: {}, body: null }
      t.equal((await send(next)).status, 200)
    }
  },
)
