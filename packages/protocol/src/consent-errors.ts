import { entry } from './error-entry.js'

/** Part of `ERRORS`: why something of a person is not read, and what is left where it was erased. */
export const CONSENT_ERRORS = {
  CONSENT_REQUIRED: entry(
    403,
    false,
    'Consent to this has not been given.',
    '이 항목에 대한 동의가 필요합니다.',
    'The person refused this modality, or nobody was asked and CONSENT_DEFAULT is `required`.',
    'Show the notice, and send `consent` when the person agrees; what was sent without it is not read.',
  ),
  CONSENT_WITHDRAWN: entry(
    403,
    false,
    'Consent to this was withdrawn.',
    '이 항목에 대한 동의가 철회되었습니다.',
    'The person took back the consent to this modality; what was read from it is erased.',
    'Stop sending it. `consent` grants it anew, if the person wants that.',
  ),
  CONTEXT_FORBIDS: entry(
    403,
    false,
    'Faces and voices are not read here.',
    '이 환경에서는 얼굴과 음성을 분석하지 않습니다.',
    'DEPLOYMENT_CONTEXT is `workplace` or `education`, where emotion is not inferred from face or voice.',
    'Use text only.',
  ),
  ERASURE_NOT_FOUND: entry(
    404,
    false,
    'There is no such receipt.',
    '해당 삭제 확인서를 찾을 수 없습니다.',
    'The receipt id is unknown or malformed.',
    'Use the receiptId from the reply of the erasure.',
  ),
} as const
