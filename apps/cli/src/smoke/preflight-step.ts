import type { Evidence } from '../doctor/evidence.js'
import { Fault } from '../doctor/fault.js'
import { exchange } from '../doctor/http-exchange.js'
import { localized } from '../doctor/localized.js'
import type { Step } from '../doctor/step.js'

/** What the web client puts on its calls, as a browser announces them. */
const CLIENT_HEADERS =
  'authorization,content-type,x-client-version,x-csrf-token,x-device-id,x-request-id,x-timestamp'

/** Whether a browser would let a page of `origin` call the API. */
export function createPreflightStep(origin: string): Step<Evidence> {
  return {
    id: 'preflight',
    title: localized('CORS preflight of the page', '웹 페이지의 CORS 사전 요청'),
    weight: 1,
    async run({ target }, { stepMs }) {
      const { status, headers } = await exchange(`${target.baseUrl}/api/session/start`, {
        method: 'OPTIONS',
        limitMs: stepMs,
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': CLIENT_HEADERS,
        },
      })
      const isAllowed = headers['access-control-allow-origin'] === origin
      const allowed = String(headers['access-control-allow-headers']).toLowerCase().split(/, */)
      const missing = CLIENT_HEADERS.split(',').filter((name) => !allowed.includes(name))
      if (isAllowed && missing.length === 0) return { detail: localized(origin, origin) }
      const problem = isAllowed ? missing.join(', ') : origin
      const detail = localized(
        `${status}: ${problem} is not allowed: see CORS_ORIGINS`,
        `${status}: ${problem} 허용되지 않음: CORS_ORIGINS 확인`,
      )
      throw new Fault('FLOW_FAILED', detail)
    },
  }
}
