/** The generator's own process: its event loop must not wait for the benchmark's, nor the reverse. */
import { type ClientFleet, openClientFleet } from './client-fleet.js'
import type { LoadReport, Order, OrderReply } from './orders.js'

function takeOrders(): void {
  const fleets: ClientFleet[] = []

  const carryOut = async (order: Order): Promise<LoadReport | null> => {
    switch (order.type) {
      case 'open':
        fleets.push(await openClientFleet(order))
        return null
      case 'load': {
        const newest = fleets.at(-1)
        if (newest === undefined) throw new Error('there are no sockets')
        return newest.load(order)
      }
      case 'close':
        for (const fleet of fleets.splice(0)) fleet.close()
        return null
    }
  }
  const reply = (answer: OrderReply) => process.send?.(answer)
  process.on('message', (order: Order) => {
    carryOut(order).then(
      (report) => reply({ report, error: null }),
      (error: unknown) => reply({ report: null, error: String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}

takeOrders()
