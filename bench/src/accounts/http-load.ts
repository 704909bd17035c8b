import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { HttpOrder, HttpReport } from './http-orders.js'

/** Puts a load on a server from a process of its own. */
export async function putHttpLoad(order: HttpOrder): Promise<HttpReport> {
  const child = fork(fileURLToPath(new URL('./http-load-process.js', import.meta.url)))
  const exited = once(child, 'exit')
  const answered = once(child, 'message') as Promise<
    [{ readonly report: HttpReport | null; readonly error: string | null }]
  >
  child.send(order)
  const gone = exited.then((): never => {
    throw new Error('the load process ended')
  })
  try {
    const [{ report, error }] = await Promise.race([answered, gone])
    if (report === null) throw new Error(`load: ${error}`)
    return report
  } finally {
    gone.catch(() => {})
    if (child.connected) child.disconnect()
    await exited
  }
}
