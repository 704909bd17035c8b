import { request } from 'node:http'
import t from 'tap'
import { listen } from '../src/listen.js'
import { createRig, until } from './rig.js'

t.test(
  'a closing server answers what is under way, and closes the connection with it',
  async (t) => {
    const rig = await createRig(t)
    const id = await rig.start()
    const port = await listen(rig.app, { host: '127.0.0.1', port: 0 })
    const { get } = rig.store.sessions
    let goOn = () => {}
    let reached = false
    rig.store.sessions.get = async (sessionId) => {
      if (!reached) {
        reached = true
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
      }
      return get(sessionId)
    }
    const answer = new Promise<{ status: number | undefined; connection: string | undefined }>(
      (resolve, reject) => {
        const call = request({ port, host: '127.0.0.1', path: `/api/session/${id}`, agent: false })
        call.on('response', (reply) => {
          reply.resume()
          resolve({ status: reply.statusCode, connection: reply.headers.connection })
        })
        call.on('error', reject)
        call.end()
      },
    )
    await until('the request is under way', () => reached)
    const closed = rig.app.close()
    await until('nobody else is let in', () => !rig.app.server.listening)
    goOn()
    t.strictSame(await answer, { status: 200, connection: 'close' })
    await closed
  },
)
