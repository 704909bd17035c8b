import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadReport, Order, OrderReply } from './orders.js'

/** The generator process, seen from the benchmark. One order at a time. */
export interface Generator {
  open(order: Omit<Extract<Order, { type: 'open' }>, 'type'>): Promise<void>
  load(order: Omit<Extract<Order, { type: 'load' }>, 'type'>): Promise<LoadReport>
  close(): Promise<void>
  stop(): Promise<void>
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('./process.js', import.meta.url)), [], {
    serialization: 'advanced',
  })
  const exited = once(child, 'exit')

  const give = async (order: Order): Promise<LoadReport | null> => {
    const answered = once(child, 'message') as Promise<[OrderReply]>
    child.send(order)
    const gone = exited.then((): never => {
      throw new Error('the generator process ended')
    })
    const [{ report, error }] = await Promise.race([answered, gone])
    if (error !== null) throw new Error(`generator, ${order.type}: ${error}`)
    return report
  }

  return {
    async open(order) {
      await give({ type: 'open', ...order })
    },
    async load(order) {
      const report = await give({ type: 'load', ...order })
      if (report === null) throw new Error('generator: no report of the load')
      return report
    },
    async close() {
      await give({ type: 'close' })
    },
    async stop() {
      if (child.exitCode === null) child.disconnect()
      await exited
    },
  }
}
