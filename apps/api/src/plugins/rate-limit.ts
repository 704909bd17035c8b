import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'
import { networkOf } from '../http/network.js'

/** Addresses remembered; beyond it the least recently seen starts anew. */
const REMEMBERED_ADDRESSES = 10_000

/**
 * A limit per client address, or customer's network of them. Counts are this process's own: with several API processes an address
 * gets that many times as much, which is enough against accidents, and no promise against attackers.
 */
export const rateLimitPlugin = fp<{ readonly perMinute: number }>(
  async (app, { perMinute }) => {
    await app.register(rateLimit, {
      max: perMinute,
      timeWindow: 60_000,
      cache: REMEMBERED_ADDRESSES,
      keyGenerator: (request) => networkOf(request.ip),
      errorResponseBuilder: () => new ApiError('RATE_LIMITED'),
    })
  },
  { name: 'rate-limit' },
)
