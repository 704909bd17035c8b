import { WATCHING_STEPS } from '../doctor/diagnose.js'
import type { Evidence } from '../doctor/evidence.js'
import { type Localized, localized } from '../doctor/localized.js'
import { START_STEP } from '../doctor/session-steps.js'
import type { Step } from '../doctor/step.js'
import { createPreflightStep } from './preflight-step.js'
import {
  CSV_STEP,
  END_AGAIN_STEP,
  END_STEP,
  ERASE_STEP,
  INTERIM_STEP,
  PAUSE_STEP,
  REPORT_STEP,
  RESUME_STEP,
  SOCKETS_STEP,
  STREAM_STEP,
  SUMMARY_STEP,
} from './smoke-steps.js'

/** A line of the incident's checklist, and the steps that tick it. */
export interface SmokeItem {
  readonly title: Localized
  readonly steps: readonly Step<Evidence>[]
}

export interface SmokePlan {
  /** Leaves the session where it is. */
  readonly keepSession?: boolean
  /** Of the web client's page; undefined: no browser is stood in for. */
  readonly origin?: string
}

export function planSmoke({ keepSession, origin }: SmokePlan): readonly SmokeItem[] {
  return [
    {
      title: localized('health check succeeds (200 OK)', 'curl로 health check 성공 (200 OK)'),
      steps: WATCHING_STEPS,
    },
    {
      title: localized('the API works as the web client uses it', '프론트엔드에서 API 테스트 성공'),
      steps: [...(origin === undefined ? [] : [createPreflightStep(origin)]), START_STEP],
    },
    { title: localized('WebSockets connect', 'WebSocket 연결 성공'), steps: [SOCKETS_STEP] },
    {
      title: localized('the whole flow works', '전체 플로우 테스트 성공'),
      steps: [
        STREAM_STEP,
        PAUSE_STEP,
        RESUME_STEP,
        INTERIM_STEP,
        END_STEP,
        END_AGAIN_STEP,
        SUMMARY_STEP,
        REPORT_STEP,
        CSV_STEP,
        ...(keepSession ? [] : [ERASE_STEP]),
      ],
    },
  ]
}
