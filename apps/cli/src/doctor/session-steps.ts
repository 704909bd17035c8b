import { CHANNELS, type Channel } from '@bemore/protocol'
import { type Evidence, readHealthNow } from './evidence.js'
import { Fault } from './fault.js'
import { localized } from './localized.js'
import { watchRealtimeLife } from './realtime-life.js'
import { createRestClient } from './rest-client.js'
import { openProbeSocket, SocketUnreachable } from './socket-probe.js'
import type { Sight, Step, StepLimits } from './step.js'
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
export const LIFE_LIMIT_MS = 20_000

export const SOCKET_STEPS: readonly Step<Evidence>[] = CHANNELS.map((channel) => ({
  id: `ws-${channel}`,
  title: localized(`WebSocket ${channel}`, `WebSocket ${channel}`),
  // The handshake; where it fails the time to find out whether realtime lives, and a second one.
  weight: 2,
  extraMs: LIFE_LIMIT_MS + 1_000,
  run: (evidence, limits) => openChannel(channel, evidence, limits),
}))

/** @throws Fault REALTIME_DOWN, REALTIME_UNREACHABLE, WEBSOCKET_FAILED, or what a refusal names */
export async function openChannel(
  channel: Channel,
  evidence: Evidence,
  limits: StepLimits,
): Promise<Sight> {
  const url = evidence.session?.socketUrls[channel] ?? ''
  assertReachableForClients(url, evidence)
  const open = async () => {
    const { subprotocols = [] } = evidence.session ?? {}
    const socket = await openProbeSocket(channel, url, subprotocols, limits.stepMs)
    evidence.sockets.set(channel, socket)
  }
  const { origin } = new URL(url)
  try {
    await open()
    return { detail: localized(`${origin}, connected`, `${origin} 연결됨`) }
  } catch (error) {
    if (!(error instanceof SocketUnreachable)) throw error
    const life = await lookForRealtime(evidence, limits)
    if (life === 'dead') throw new Fault('REALTIME_DOWN', error.detail)
    if (life === 'draining') throw new Fault('DRAINING', error.detail)
  }
  // It lives: either it has just come back, or this is not the way to it.
  await open()
  return {
    isWarning: true,
    detail: localized(
      `${origin}, connected at the second attempt`,
      `${origin} 두 번째 시도에 연결됨`,
    ),
  }
}

function lookForRealtime({ target }: Evidence, { stepMs, signal }: StepLimits) {
  return watchRealtimeLife(() => readHealthNow(target, stepMs), LIFE_LIMIT_MS, signal)
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
