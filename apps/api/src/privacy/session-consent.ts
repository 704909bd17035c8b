import { type ConsentPolicy, consentStanding, decideConsent } from '@bemore/core'
import {
  type ConsentChoice,
  ConsentStandingSchema,
  DEPLOYMENT_CONTEXTS,
  type DeploymentContext,
  MODALITIES,
} from '@bemore/protocol'
import type { SessionRow, Store } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { ApiError } from '../http/api-error.js'
import { IsoTime, isoOrNull } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'

const ModalityConsentSchema = Type.Object({
  standing: ConsentStandingSchema,
  noticeVersion: OrNull(
    Type.String(),
    'Of the notice it was decided on; null: nothing was recorded',
  ),
  decidedAt: OrNull(IsoTime),
})

export const ConsentViewSchema = Type.Object(
  {
    face: ModalityConsentSchema,
    voice: ModalityConsentSchema,
    text: ModalityConsentSchema,
    noticeVersion: Type.String({ description: 'Of the notice that is to be shown now' }),
    context: Type.Unsafe<DeploymentContext>(
      Type.Union(DEPLOYMENT_CONTEXTS.map((context) => Type.Literal(context))),
    ),
  },
  {
    examples: [
      {
        face: { standing: 'granted', noticeVersion: '1', decidedAt: '2026-01-05T09:30:00.000Z' },
        voice: { standing: 'refused', noticeVersion: '1', decidedAt: '2026-01-05T09:30:00.000Z' },
        text: { standing: 'assumed', noticeVersion: null, decidedAt: null },
        ...{ noticeVersion: '1', context: 'counselling' },
      },
    ],
  },
)
export type ConsentView = Static<typeof ConsentViewSchema>

export function viewConsent({ consent }: SessionRow, policy: ConsentPolicy): ConsentView {
  const [face, voice, text] = MODALITIES.map((modality) => {
    const entry = consent[modality]
    return {
      standing: consentStanding(consent, modality, policy),
      noticeVersion: entry?.noticeVersion ?? null,
      decidedAt: isoOrNull(entry?.at ?? null),
    }
  }) as [ConsentView['face'], ConsentView['voice'], ConsentView['text']]
  const { consentNoticeVersion: noticeVersion, deploymentContext: context } = policy
  return { face, voice, text, noticeVersion, context }
}

/**
 * Records a choice; one that is made already changes nothing. A session that has ended takes it too:
 * consent can be withdrawn at any time.
 * @throws ApiError SESSION_NOT_FOUND
 */
export async function recordConsent(
  deps: {
    readonly store: Pick<Store, 'log'>
    readonly config: ConsentPolicy
    readonly producer: string
    now(): number
  },
  sessionId: string,
  choice: ConsentChoice,
): Promise<SessionRow> {
  const { store, config, producer, now } = deps
  const result = await store.log.transact(sessionId, producer, ({ consent }) =>
    decideConsent(consent, choice, config, now()),
  )
  if (result === null) throw new ApiError('SESSION_NOT_FOUND')
  return result.session
}
