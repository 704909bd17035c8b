import { type CauseEntry, cause } from './cause-entry.js'

/** Of the flow as a user has it, and of what keeps a process from starting. */
export const FLOW_CAUSES = {
  WEBSOCKET_FAILED: cause(
    40,
    ['A WebSocket channel does not open.', 'WebSocket 채널이 열리지 않습니다.'],
    [
      'See whether the proxy passes upgrades, and the health of the realtime process.',
      '프록시의 업그레이드 허용과 실시간 프로세스의 상태를 확인하세요.',
    ],
  ),
  FLOW_FAILED: cause(
    41,
    [
      'All parts answer, but a session does not work from start to report.',
      '각 부분은 응답하지만 세션이 시작부터 보고서까지 동작하지 않습니다.',
    ],
    [
      'The failed step names its error code; search the API log for its request id.',
      '실패한 단계의 오류 코드를 확인하고 API 로그에서 요청 ID를 검색하세요.',
    ],
  ),
  RATE_LIMITED: cause(
    42,
    [
      'The system refuses requests from here as too many.',
      '이 주소의 요청이 너무 많아 거부되었습니다.',
    ],
    [
      'Wait for Retry-After; raise RATE_LIMIT_PER_MINUTE if real users meet it.',
      'Retry-After만큼 기다리세요. 실제 사용자가 겪는다면 RATE_LIMIT_PER_MINUTE를 높이세요.',
    ],
  ),
  // Before a process can start.
  CONFIG_INVALID: cause(
    50,
    ['The configuration is not usable.', '설정을 사용할 수 없습니다.'],
    [
      'Set the variables named (Render: Environment tab; Fly: fly secrets set NAME=…).',
      '표시된 환경 변수를 설정하세요(Render: Environment 탭, Fly: fly secrets set NAME=…).',
    ],
  ),
  PORT_TAKEN: cause(
    51,
    ['The port is taken by another process.', '다른 프로세스가 포트를 사용 중입니다.'],
    [
      'End the other process, or set PORT / REALTIME_PORT to a free one.',
      '다른 프로세스를 종료하거나 PORT / REALTIME_PORT를 바꾸세요.',
    ],
  ),
  UNKNOWN: cause(
    59,
    ['It is not known what is wrong.', '원인을 알 수 없습니다.'],
    [
      'Read the steps above the verdict, and the log of the process.',
      '판정 위의 단계와 프로세스 로그를 확인하세요.',
    ],
  ),
} as const satisfies Record<string, CauseEntry>
