import { DEPLOYMENT_CONTEXTS } from '@bemore/protocol'
import { oneOf, string } from './setting.js'

/** What may be read of whom; part of `PROCESS_SETTINGS`, because both processes hold to it. */
export const CONSENT_SETTINGS = {
  consentDefault: oneOf(
    'CONSENT_DEFAULT',
    'What holds for a client that says nothing of consent: it asks in its own page, or nothing is read',
    ['assumed', 'required'],
    { fallback: 'assumed' },
  ),
  deploymentContext: oneOf(
    'DEPLOYMENT_CONTEXT',
    'Where this is used; in workplace and education neither face nor voice is read',
    DEPLOYMENT_CONTEXTS,
    { fallback: 'counselling' },
  ),
  consentNoticeVersion: string(
    'CONSENT_NOTICE_VERSION',
    'Of the notice that clients show; recorded with each consent',
    { fallback: '1' },
  ),
}
