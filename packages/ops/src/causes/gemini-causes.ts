import { type CauseEntry, cause } from './cause-entry.js'

/** Of the optional companion. Replies are prepared ones meanwhile; nothing else is touched. */
export const GEMINI_CAUSES = {
  GEMINI_KEY_REJECTED: cause(
    43,
    ['Gemini refuses the key.', 'Gemini가 API 키를 거부했습니다.'],
    [
      'Set GEMINI_API_KEY to a valid key and restart; leave it empty to do without. Replies are prepared ones meanwhile.',
      'GEMINI_API_KEY를 유효한 키로 바꾸고 다시 시작하세요. 비워 두면 사용하지 않습니다. 그동안 준비된 답변으로 응답합니다.',
    ],
  ),
  GEMINI_MODEL_UNKNOWN: cause(
    44,
    ['Gemini does not know the model.', 'Gemini가 해당 모델을 찾을 수 없습니다.'],
    [
      'Set GEMINI_MODEL and GEMINI_TRANSCRIBE_MODEL to models this key may use, and restart.',
      'GEMINI_MODEL과 GEMINI_TRANSCRIBE_MODEL을 이 키로 사용할 수 있는 모델로 바꾸고 다시 시작하세요.',
    ],
  ),
  GEMINI_UNAVAILABLE: cause(
    45,
    [
      'Gemini keeps failing and is left alone for a while.',
      'Gemini 요청이 계속 실패하여 잠시 사용을 멈췄습니다.',
    ],
    [
      'The detail names the reason; rate-limited: raise the quota of the key. Recovers by itself with the next use; replies are prepared ones meanwhile.',
      '세부 정보에서 이유를 확인하세요. rate-limited이면 키의 할당량을 늘리세요. 다음 사용 때 자동으로 회복하며, 그동안 준비된 답변으로 응답합니다.',
    ],
  ),
} as const satisfies Record<string, CauseEntry>
