import type { ConsentPolicy } from '@bemore/core'
import type { SessionRow, Store } from '@bemore/store'
import { iso } from '../http/iso-time.js'
import { viewSession } from '../sessions/session-view.js'
import { viewConsent } from './session-consent.js'

/**
 * Everything held of a session, as JSON, in pages of the log: however long it is, no more than a page
 * is in memory. Rows that were erased stand in it as what they are.
 */
export async function* exportSession(
  deps: { readonly store: Pick<Store, 'log'>; readonly config: ConsentPolicy },
  session: SessionRow,
  now: number,
): AsyncGenerator<string> {
  const { id, ownerId, deviceId } = session
  const head = {
    exportedAt: iso(now),
    session: { ...viewSession(session, now), ownerId, deviceId },
    consent: viewConsent(session, deps.config),
    openChannels: await deps.store.log.openChannels(id),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"events":[`
  let since = 0
  for (;;) {
    const page = await deps.store.log.read(id, since)
    const last = page.at(-1)
    if (last === undefined) break
    yield (since === 0 ? '' : ',') + page.map((event) => JSON.stringify(event)).join(',\n')
    since = last.seq
  }
  yield ']}\n'
}
