import fp from 'fastify-plugin'
import type { ErrorStatistics } from '../operator/error-statistics.js'

/** Counts every reply; the template of its route stands for the URL, which holds ids. */
export const errorStatisticsPlugin = fp<{ readonly statistics: ErrorStatistics }>(
  async (app, { statistics }) => {
    app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
      const route = routeOptions.url ?? 'none'
      statistics.see({ method, route, status: reply.statusCode, code: reply.failureCode })
      done()
    })
  },
  { name: 'error-statistics', dependencies: ['failures'] },
)
