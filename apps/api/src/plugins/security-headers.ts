import helmet from '@fastify/helmet'
import Fastify from 'fastify'
import fp from 'fastify-plugin'

/** Nothing of ours is a page but /docs, which brings its own policy. */
const POLICY = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: { action: 'deny' },
  // Replies are read by pages of other origins; CORS says which.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
} as const

/**
 * Helmet assembles its headers anew for every request, which costs as much as the rest of serving a
 * cached report. They never change, so they are taken from it once.
 */
export const securityHeadersPlugin = fp(
  async (app) => {
    // What a session says is nobody's to keep; reports, which may be revalidated, say so themselves.
    const constant = { ...(await collectHeaders()), 'cache-control': 'no-store' }
    app.addHook('onRequest', (_request, reply, done) => {
      reply.headers(constant)
      done()
    })
  },
  { name: 'security-headers' },
)

async function collectHeaders(): Promise<Record<string, string>> {
  const probe = Fastify()
  await probe.register(helmet, POLICY)
  probe.get('/', async (_request, reply) => reply.code(204).send())
  const { headers } = await probe.inject('/')
  await probe.close()
  const own = new Set(['date', 'connection', 'content-length', 'keep-alive'])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.has(name) ? [[name, value]] : [],
    ),
  )
}
