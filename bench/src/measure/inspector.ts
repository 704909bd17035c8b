import { once } from 'node:events'
import { WebSocket } from 'ws'
import { HOST } from '../servers/subject.js'

/** Collects a process's garbage from outside, so that what is then measured is what it holds. */
export async function collectGarbage(inspectorPort: number): Promise<void> {
  const targets = (await (await fetch(`http://${HOST}:${inspectorPort}/json/list`)).json()) as {
    webSocketDebuggerUrl: string
  }[]
  const url = targets[0]?.webSocketDebuggerUrl
  if (url === undefined) throw new Error('the inspector shows no process')
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await once(socket, 'open')
  // Twice: the first collection runs finalizers that let go of more.
  for (const id of [1, 2]) {
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }))
    await once(socket, 'message')
  }
  socket.close()
  await once(socket, 'close')
}
