import { type CauseEntry, cause } from './cause-entry.js'

/** What a process says of itself in `/health`. */
export const PROCESS_CAUSES = {
  STARTING: cause(
    16,
    ['The process has not been ready yet.', '프로세스가 아직 준비되지 않았습니다.'],
    [
      'It waits for its first contact with the database: mend the cause shown beside this one.',
      '데이터베이스와의 첫 연결을 기다리고 있습니다. 함께 표시된 원인을 해결하세요.',
    ],
  ),
  DRAINING: cause(
    17,
    ['The process is stopping in order.', '프로세스가 정상 종료 중입니다.'],
    [
      'Nothing, during a deploy; else find who sent SIGTERM in the log of the platform.',
      '배포 중이면 조치가 필요 없습니다. 아니면 플랫폼 로그에서 SIGTERM을 보낸 주체를 찾으세요.',
    ],
  ),
  DATABASE_UNREACHABLE: cause(
    20,
    ['The database cannot be reached.', '데이터베이스에 연결할 수 없습니다.'],
    [
      'Is PostgreSQL up, and DATABASE_URL right (host, password, database)? BeMore recovers by itself within 10 s of its return.',
      'PostgreSQL이 실행 중인지, DATABASE_URL(호스트, 암호, 데이터베이스)이 맞는지 확인하세요. 복구되면 10초 안에 자동으로 회복합니다.',
    ],
  ),
  DATABASE_TIMEOUT: cause(
    21,
    [
      'The database takes connections but does not answer.',
      '데이터베이스가 연결은 받지만 응답하지 않습니다.',
    ],
    [
      'Look at pg_stat_activity for locks and long statements, and at the CPU and disk of its host. Recovers by itself.',
      'pg_stat_activity에서 잠금과 긴 쿼리를, 호스트의 CPU와 디스크를 확인하세요. 자동으로 회복합니다.',
    ],
  ),
  DATABASE_BUSY: cause(
    22,
    [
      'The database is short of connections or other resources.',
      '데이터베이스 연결 또는 자원이 부족합니다.',
    ],
    [
      'Compare max_connections with DATABASE_POOL_SIZE times the processes; raise the plan if it stays.',
      'max_connections를 DATABASE_POOL_SIZE × 프로세스 수와 비교하세요. 계속되면 플랜을 올리세요.',
    ],
  ),
  DATABASE_READ_ONLY: cause(
    23,
    ['The database takes no writes.', '데이터베이스가 쓰기를 받지 않습니다.'],
    [
      'DATABASE_URL names a standby, or the provider made it read-only (often: disk full). Promote it, or free disk.',
      'DATABASE_URL이 대기 서버를 가리키거나 제공자가 읽기 전용으로 전환했습니다(대개 디스크 부족). 승격하거나 디스크를 확보하세요.',
    ],
  ),
  DATABASE_FULL: cause(
    24,
    ['The disk of the database is full.', '데이터베이스 디스크가 가득 찼습니다.'],
    [
      'Give the database more disk, or delete old sessions. Windows wait in the journal meanwhile.',
      '데이터베이스 디스크를 늘리거나 오래된 세션을 삭제하세요. 그동안 측정값은 저널에 보관됩니다.',
    ],
  ),
  MIGRATION_PENDING: cause(
    25,
    ['The schema is older than the code.', '데이터베이스 스키마가 코드보다 오래되었습니다.'],
    [
      'Run `node apps/cli/bin/bemore.mjs migrate` (a deploy does it by itself).',
      '`node apps/cli/bin/bemore.mjs migrate`를 실행하세요(배포 시에는 자동 실행됩니다).',
    ],
  ),
  SCHEMA_BEYOND: cause(
    26,
    [
      'The schema is newer than the code and breaks it.',
      '데이터베이스 스키마가 코드보다 새로워서 사용할 수 없습니다.',
    ],
    [
      'Deploy the version of the code that brought the migration, or restore the database from before.',
      '해당 마이그레이션을 포함한 코드 버전을 배포하거나 이전 데이터베이스로 복원하세요.',
    ],
  ),
  BUS_LOST: cause(
    27,
    [
      'The LISTEN connection does not deliver and is being rebuilt.',
      'LISTEN 연결이 알림을 전달하지 못해 다시 만드는 중입니다.',
    ],
    [
      'Is DATABASE_URL a direct connection (a pooler swallows LISTEN)? Changes arrive by the slow poll meanwhile.',
      'DATABASE_URL이 직접 연결인지 확인하세요(풀러는 LISTEN을 전달하지 않습니다). 그동안 변경은 폴링으로 전달됩니다.',
    ],
  ),
  EVENTS_WAITING: cause(
    28,
    [
      'Windows wait in the journal for the database.',
      '측정값이 저널에서 데이터베이스를 기다리고 있습니다.',
    ],
    [
      'Mend the database; they are appended in order on its return.',
      '데이터베이스를 복구하세요. 복구되면 순서대로 저장됩니다.',
    ],
  ),
  EVENTS_LOST: cause(
    29,
    ['Events were dropped.', '일부 이벤트가 손실되었습니다.'],
    [
      'The log line with this event tells why and how many; raise JOURNAL_MAX_BYTES or mend the database.',
      '로그에서 이유와 개수를 확인하고 JOURNAL_MAX_BYTES를 늘리거나 데이터베이스를 복구하세요.',
    ],
  ),
  JOURNAL_UNWRITABLE: cause(
    30,
    [
      'The journal cannot be written; events wait in memory only.',
      '저널에 쓸 수 없어 이벤트가 메모리에만 보관됩니다.',
    ],
    [
      'Free disk space on the host, or set JOURNAL_DIR to a folder this process may write.',
      '호스트의 디스크 공간을 확보하거나 JOURNAL_DIR을 쓰기 가능한 폴더로 지정하세요.',
    ],
  ),
  REALTIME_DOWN: cause(
    31,
    ['No realtime process is alive.', '실행 중인 실시간 프로세스가 없습니다.'],
    [
      'Start the realtime service; its own log says why it ended (75: port, 78: configuration, 70: a fault).',
      '실시간 서비스를 시작하세요. 종료 이유는 해당 로그에 있습니다(75: 포트, 78: 설정, 70: 오류).',
    ],
  ),
  REALTIME_UNREACHABLE: cause(
    32,
    [
      'A realtime process is alive, but sockets do not reach it.',
      '실시간 프로세스는 살아 있지만 소켓이 도달하지 못합니다.',
    ],
    [
      'Check REALTIME_INTERNAL_URL of the API and REALTIME_PUBLIC_URL, and that the proxy passes WebSocket upgrades.',
      'API의 REALTIME_INTERNAL_URL과 REALTIME_PUBLIC_URL, 프록시의 WebSocket 업그레이드 허용을 확인하세요.',
    ],
  ),
  MEMORY_HIGH: cause(
    33,
    [
      'Memory is near its ceiling; load is being shed.',
      '메모리가 한계에 가까워 부하를 줄이고 있습니다.',
    ],
    [
      'Add an instance or memory; MEMORY_LIMIT_BYTES is the ceiling this process keeps to.',
      '인스턴스나 메모리를 늘리세요. 이 프로세스의 한계는 MEMORY_LIMIT_BYTES입니다.',
    ],
  ),
  LOOP_SLOW: cause(
    34,
    ['The event loop lags; load is being shed.', '이벤트 루프가 지연되어 부하를 줄이고 있습니다.'],
    [
      'Add a realtime process or CPU; clients are asked for fewer frames meanwhile.',
      '실시간 프로세스나 CPU를 늘리세요. 그동안 클라이언트의 프레임 수를 줄입니다.',
    ],
  ),
  LOOP_STUCK: cause(
    35,
    [
      'The event loop was stuck beyond repair; the process ends itself with exit code 70.',
      '이벤트 루프가 복구 불가능하게 멈췄습니다. 프로세스는 종료 코드 70으로 스스로 종료합니다.',
    ],
    [
      'The platform restarts it; the log line before the end holds the last known state. Report it.',
      '플랫폼이 다시 시작합니다. 종료 직전 로그를 첨부해 보고하세요.',
    ],
  ),
  BUS_BEYOND_REPAIR: cause(
    36,
    [
      'The database answers but LISTEN cannot be restored; the process ends itself with exit code 70.',
      '데이터베이스는 응답하지만 LISTEN을 복구할 수 없습니다. 프로세스는 종료 코드 70으로 스스로 종료합니다.',
    ],
    [
      'Use a direct DATABASE_URL: a transaction pooler cannot LISTEN.',
      '직접 연결 DATABASE_URL을 사용하세요. 트랜잭션 풀러에서는 LISTEN을 쓸 수 없습니다.',
    ],
  ),
  FRAMES_REJECTED: cause(
    37,
    ['Most landmark frames are malformed.', '대부분의 랜드마크 프레임 형식이 잘못되었습니다.'],
    [
      'A client sends a wrong shape: its `error` messages say what; compare it with docs/protocol.md.',
      '클라이언트가 잘못된 형식을 보내고 있습니다. `error` 메시지를 docs/protocol.md와 비교하세요.',
    ],
  ),
  CLOCK_SKEWED: cause(
    38,
    [
      'The clock of this host differs from that of the database.',
      '호스트와 데이터베이스의 시계가 다릅니다.',
    ],
    [
      'Synchronise the clock of the host (NTP). Durations are not affected; times shown to users are.',
      '호스트 시계를 동기화하세요(NTP). 길이에는 영향이 없고 표시되는 시각에만 영향이 있습니다.',
    ],
  ),
} as const satisfies Record<string, CauseEntry>
