import { entry } from './error-entry.js'

/** Part of `ERRORS`: what the operator's API answers. */
export const OPERATIONS_ERRORS = {
  ADMIN_CLOSED: entry(
    401,
    false,
    'The operator API is not open to this request: it wants the ADMIN_TOKEN of the server.',
    '이 요청에는 운영자 API가 공개되지 않습니다. 서버의 ADMIN_TOKEN이 필요합니다.',
    'No ADMIN_TOKEN is set, or it was not sent, or another was.',
    'Set ADMIN_TOKEN (24 characters or more, such as `openssl rand -hex 32` gives), restart the API, and send `Authorization: Bearer <ADMIN_TOKEN>`.',
  ),
  PROCESS_NOT_FOUND: entry(
    404,
    false,
    'No such process is alive.',
    '해당 프로세스가 실행 중이 아닙니다.',
    'The process id is unknown, or that process has had no heartbeat for PROCESS_STALE_MS.',
    'Take the id from GET /api/admin/processes; what is dead needs no draining.',
  ),
} as const
