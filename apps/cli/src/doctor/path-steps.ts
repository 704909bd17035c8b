import { type Evidence, fetchHealth } from './evidence.js'
import { localized, verbatim } from './localized.js'
import { openTcp, openTls, resolveHost } from './path-probes.js'
import type { Step } from './step.js'

export const DNS_STEP: Step<Evidence> = {
  id: 'dns',
  title: localized('DNS', 'DNS'),
  weight: 1,
  run: async ({ target }, { stepMs }) => ({ detail: await resolveHost(target.host, stepMs) }),
}

export const TCP_STEP: Step<Evidence> = {
  id: 'tcp',
  title: localized('TCP', 'TCP'),
  weight: 1,
  run: async ({ target }, { stepMs }) => ({
    detail: await openTcp(target.host, target.port, stepMs),
  }),
}

export const TLS_STEP: Step<Evidence> = {
  id: 'tls',
  title: localized('TLS', 'TLS'),
  weight: 1,
  async run({ target }, { stepMs }) {
    if (!target.isSecure) return { detail: localized('not used: http://', '사용 안 함: http://') }
    return { detail: await openTls(target.host, target.port, stepMs) }
  },
}

export const HTTP_STEP: Step<Evidence> = {
  id: 'http',
  title: localized('HTTP', 'HTTP'),
  weight: 1,
  async run(evidence, { stepMs, signal }) {
    const reply = await fetchHealth(evidence.target, stepMs, signal)
    evidence.reply = reply
    return { detail: verbatim(`GET /health: ${reply.status} ${reply.contentType}`.trim()) }
  },
}
