import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fp from 'fastify-plugin'
import type { UpgradeSplice } from '../splice/upgrade-splice.js'

/**
 * Puts the splice on the server. Closing the server waits for every socket, carried ones too, so their
 * drain begins with it.
 */
export const webSocketSplicePlugin = fp<{
  readonly splice: UpgradeSplice
  readonly drainSpreadMs: number
}>(
  async (app, { splice, drainSpreadMs }) => {
    app.server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) =>
      splice.handle(request, socket as Socket, head),
    )
    app.addHook('preClose', (done) => {
      void splice.drain(drainSpreadMs)
      done()
    })
  },
  { name: 'web-socket-splice' },
)
