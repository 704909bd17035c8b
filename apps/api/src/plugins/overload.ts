import type { Pressure } from '@bemore/ops'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'

/**
 * Refuses new requests while the process has more to do than it can: what is under way gets its
 * answers, and the caller knows at once. Probes are answered whatever the load: a process that hid it
 * from them would be restarted, and its load be another's.
 */
export const overloadPlugin = fp<{ readonly pressure: Pick<Pressure, 'level'> }>(
  async (app, { pressure }) => {
    app.addHook('onRequest', async (request) => {
      if (pressure.level !== 'refuse' || request.routeOptions.config?.quiet === true) return
      throw new ApiError('OVERLOADED')
    })
  },
  { name: 'overload' },
)
