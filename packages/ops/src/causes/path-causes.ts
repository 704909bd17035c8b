import { type CauseEntry, cause } from './cause-entry.js'

/** On the way to a process, as seen from outside. */
export const PATH_CAUSES = {
  DNS_FAILED: cause(
    10,
    ['The name of the host does not resolve.', '호스트 이름을 찾을 수 없습니다.'],
    [
      'Check the spelling of the URL, then the DNS record of the domain.',
      'URL 철자를 확인하고, 도메인의 DNS 레코드를 확인하세요.',
    ],
  ),
  CONNECTION_REFUSED: cause(
    11,
    [
      'Nothing listens at that address: the process is down or has not started.',
      '해당 주소에서 응답하는 프로세스가 없습니다. 프로세스가 내려갔거나 시작되지 않았습니다.',
    ],
    [
      'Look at the last lines of the process log (exit code 78: configuration, 75: port taken) and restart it.',
      '프로세스 로그의 마지막 줄을 확인하고(종료 코드 78: 설정, 75: 포트 사용 중) 다시 시작하세요.',
    ],
  ),
  CONNECTION_TIMEOUT: cause(
    12,
    ['The address does not answer at all.', '해당 주소가 전혀 응답하지 않습니다.'],
    [
      'Check firewall and routing, and whether the instance is asleep (free plans sleep) or out of memory.',
      '방화벽과 라우팅을 확인하고, 인스턴스가 절전 상태(무료 플랜)이거나 메모리가 부족한지 확인하세요.',
    ],
  ),
  TLS_FAILED: cause(
    13,
    ['The TLS handshake fails.', 'TLS 연결에 실패했습니다.'],
    [
      'Check that the certificate is valid for this host and has not expired.',
      '인증서가 이 호스트에 유효하고 만료되지 않았는지 확인하세요.',
    ],
  ),
  HTTP_TIMEOUT: cause(
    14,
    [
      'The process takes connections but does not answer requests.',
      '연결은 되지만 요청에 응답하지 않습니다.',
    ],
    [
      'The process is stuck or overloaded: look at CPU and memory; it restarts itself when its loop stays stuck.',
      '프로세스가 멈췄거나 과부하 상태입니다. CPU와 메모리를 확인하세요. 계속 멈춰 있으면 스스로 재시작합니다.',
    ],
  ),
  NOT_BEMORE: cause(
    15,
    ['Something else than BeMore answers there.', 'BeMore가 아닌 다른 서버가 응답합니다.'],
    [
      'Check the URL, and what the platform routes to: a 502 page of the platform means that no instance is healthy.',
      'URL과 플랫폼의 라우팅을 확인하세요. 플랫폼의 502 페이지는 정상 인스턴스가 없다는 뜻입니다.',
    ],
  ),
} as const satisfies Record<string, CauseEntry>
