/**
 * What a report may be made of. The database erases what consent does not cover; a fold does not rely
 * on that, because it may hold events that were read before.
 */
import { MODALITIES, type Modality } from '@bemore/protocol'
import { foldConsent, isNo, modalityOf } from './consent.js'
import type { SessionEvent } from './events.js'

/**
 * Leaves out what was read of a modality that is refused or withdrawn, and, where it was granted again
 * later, what is of the time before the last no: a late part of that time may come from a journal.
 */
export function selectConsentedEvents(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const lastNo = new Map<Modality, number>()
  for (const event of events) {
    if (event.type !== 'consent.recorded') continue
    const { decision, modality } = event.data
    if (isNo(decision)) lastNo.set(modality, event.at)
  }
  if (lastNo.size === 0) return events
  const consent = foldConsent(events)
  return events.filter(({ type, at }) => {
    const modality = modalityOf(type)
    const noAt = modality === null ? undefined : lastNo.get(modality)
    if (modality === null || noAt === undefined) return true
    return at > noAt && !isNo(consent[modality]?.decision)
  })
}

/** For the data quality of a report: why less stands there than was seen. */
export function listErasureFlags(events: readonly SessionEvent[]): string[] {
  const consent = foldConsent(events)
  const flags = MODALITIES.flatMap((modality) => {
    const decision = consent[modality]?.decision
    return isNo(decision) ? [`${modality}_${decision}`] : []
  })
  const isExpired = events.some(({ type }) => type === 'retention.applied')
  return isExpired ? [...flags, 'erased_by_retention'] : flags
}
