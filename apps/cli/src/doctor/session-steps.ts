import type { CauseCode } from '@bemore/ops'
import { CHANNELS, type Channel } from '@bemore/protocol'
import { type Evidence, readHealthNow } from './evidence.js'
import { Fault } from './fault.js'
import { localized } from './localized.js'
import { watchRealtimeLife } from './realtime-life.js'
import { createRestClient } from './rest-client.js'
import { openProbeSocket, SocketUnreachable } from './socket-probe.js'
import type { Step, StepLimits } from './step.js'
import { isLoopback } from './target.js'

export const START_STEP: Step<Evidence> = {
  id: 'start',
  title: localized('Session start', '세션 시작'),
  weight: 1,
  async run(evidence, { stepMs }) {
    const rest = createRestClient({ baseUrl: evidence.target.baseUrl, limitMs: stepMs })
    evidence.rest = rest
    evidence.session = await rest.start()
    return { detail: localized('POST /api/session/start', 'POST /api/session/start') }
  },
}

/** Longer than PROCESS_STALE_MS: by then the API knows which realtime process is dead. */
const LIFE_LIMIT_MS = 20_000

export const SOCKET_STEPS: readonly Step<Evidence>[] = CHANNELS.map((channel) => ({
  id: `ws-${channel}`,
  title: localized(`WebSocket ${channel}`, `WebSocket ${channel}`),
  // The handshake, and where it fails the time to find out whether realtime lives.
  weight: 6,
  run: (evidence, limits) => openChannel(channel, evidence, limits),
}))

async function openChannel(channel: Channel, evidence: Evidence, limits: StepLimits) {
  const url = evidence.session?.socketUrls[channel] ?? ''
  assertReachableForClients(url, evidence)
  try {
    evidence.sockets.set(channel, await openProbeSocket(channel, url, limits.stepMs))
  } catch (error) {
    if (!(error instanceof SocketUnreachable)) throw error
    throw new Fault(await whoIsAway(evidence, limits), error.detail)
  }
  return { detail: localized(`${new URL(url).origin}, connected`, `${new URL(url).origin} 연결됨`) }
}

async function whoIsAway({ target }: Evidence, limits: StepLimits): Promise<CauseCode> {
  const readHealth = () => readHealthNow(target, limits.stepMs)
  const life = await watchRealtimeLife(readHealth, LIFE_LIMIT_MS, limits.signal)
  return life === 'dead' ? 'REALTIME_DOWN' : 'REALTIME_UNREACHABLE'
}

/** An address the server hands to its clients, and that none but itself can use. */
function assertReachableForClients(url: string, { target }: Evidence): void {
  if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol)) {
    const detail = localized(`wsUrls: no WebSocket address: "${url}"`, `wsUrls: 주소 오류 "${url}"`)
    throw new Fault('REALTIME_UNREACHABLE', detail)
  }
  const { hostname, protocol, origin } = new URL(url)
  if (isLoopback(hostname) && !isLoopback(target.host)) {
    const detail = localized(
      `wsUrls name ${origin}, which is the client's own machine: set REALTIME_PUBLIC_URL`,
      `wsUrls의 ${origin}은 클라이언트 자신의 주소입니다: REALTIME_PUBLIC_URL을 설정`,
    )
    throw new Fault('REALTIME_UNREACHABLE', detail)
  }
  if (protocol === 'ws:' && target.isSecure) {
    const detail = localized(
      `wsUrls name ${origin}: browsers refuse ws:// from an https page; set TRUSTED_PROXIES or REALTIME_PUBLIC_URL`,
      `wsUrls의 ${origin}: https 페이지에서는 ws://가 차단됩니다. TRUSTED_PROXIES 또는 REALTIME_PUBLIC_URL을 설정`,
    )
    throw new Fault('REALTIME_UNREACHABLE', detail)
  }
}
