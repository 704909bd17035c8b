import type { Pressure } from '@bemore/ops'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'

/**
 * Refuses new requests while the process has more to do than it can: what is under way gets its
 * answers, and the caller knows at once. Probes are answered whatever the load: a process that hid it
 * from them would be restarted, and its load be another's. So are operators: now is when they act.
 */
export const overloadPlugin = fp<{ readonly pressure: Pick<Pressure, 'level'> }>(
  async (app, { pressure }) => {
    app.addHook('onRequest', (request, _reply, done) => {
      const { quiet, access } = request.routeOptions.config ?? {}
      if (pressure.level !== 'refuse' || quiet === true || access === 'admin') done()
      else done(new ApiError('OVERLOADED'))
    })
  },
  { name: 'overload' },
)
