// A port is asked, not bound: a doctor must not be what a starting process finds its port taken by.
import { loopbackFor } from '../../up/topology.js'
import { Fault } from '../fault.js'
import { readHealthReport } from '../health-report.js'
import { exchange } from '../http-exchange.js'
import { type Localized, localized } from '../localized.js'
import { openTcp } from '../path-probes.js'
import type { Step } from '../step.js'
import type { HostEvidence } from './host-evidence.js'

interface Asked {
  readonly kind: 'api' | 'realtime'
  readonly variable: string
  readonly port: number
  readonly url: string
}

export const API_PORT_STEP = portStep('api', localized('Port of the API', 'API 포트'), (evidence) =>
  place('api', 'PORT', evidence.api?.port, evidence),
)
export const REALTIME_PORT_STEP = portStep(
  'realtime',
  localized('Port of realtime', '실시간 포트'),
  (evidence) => place('realtime', 'REALTIME_PORT', evidence.realtime?.realtimePort, evidence),
)

function place(
  kind: Asked['kind'],
  variable: string,
  port: number | undefined,
  { api }: HostEvidence,
): Asked {
  if (api === undefined || port === undefined) throw new Error('there is no configuration')
  return { kind, variable, port, url: `http://${loopbackFor(api.host)}:${port}` }
}

function portStep(
  kind: Asked['kind'],
  title: Localized,
  find: (evidence: HostEvidence) => Asked,
): Step<HostEvidence> {
  return {
    id: `port-${kind}`,
    title,
    weight: 1,
    needs: ['configuration'],
    async run(evidence, { stepMs }) {
      const asked = find(evidence)
      const { variable, port, url } = asked
      if (port === 0) return { detail: localized(`${variable}=0: any`, `${variable}=0: 임의 포트`) }
      const holder = await askHolder(asked, stepMs)
      if (holder === 'nobody') {
        const detail = localized(
          `${port} is free: it does not run`,
          `${port} 사용 가능: 실행 중 아님`,
        )
        return { detail, isWarning: true }
      }
      if (holder === kind) {
        if (kind === 'api') evidence.apiUrl = url
        return { detail: localized(`${port}: BeMore answers there`, `${port}: BeMore가 응답함`) }
      }
      const words = localized(`${variable} ${port}: ${holder}`, `${variable} ${port}: ${holder}`)
      throw new Fault('PORT_TAKEN', words)
    },
  }
}

/** Who listens there: nobody, a process of BeMore, or what was seen instead. */
async function askHolder({ url }: Asked, limitMs: number): Promise<string> {
  const { hostname, port } = new URL(url)
  try {
    await openTcp(hostname.replace(/^\[|\]$/g, ''), Number(port), limitMs)
  } catch (error) {
    if (error instanceof Fault && error.code === 'CONNECTION_REFUSED') return 'nobody'
    throw error
  }
  try {
    const { status, text, contentType } = await exchange(`${url}/health`, { limitMs })
    return readHealthReport(status, text)?.source ?? `HTTP ${status} ${contentType}`.trim()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return `no HTTP (${error.code})`
  }
}
