import type { ConsentPolicy } from '@bemore/core'
import type { Store, UserRow } from '@bemore/store'
import { exportSession } from '../privacy/session-export.js'
import { viewUser } from './user-view.js'

const SESSIONS_A_PAGE = 50

/** Everything held of a person, as JSON: the account and each session as its own export has it. */
export async function* exportAccount(
  deps: { readonly store: Pick<Store, 'sessions' | 'log'>; readonly config: ConsentPolicy },
  user: UserRow,
  now: number,
): AsyncGenerator<string> {
  const head = { exportedAt: new Date(now).toISOString(), user: viewUser(user) }
  yield `${JSON.stringify(head).slice(0, -1)},"sessions":[`
  let before: { readonly startedAt: number; readonly id: string } | undefined
  for (;;) {
    const page = await deps.store.sessions.list({
      ...{ ownerId: user.id, limit: SESSIONS_A_PAGE },
      ...(before !== undefined && { before }),
    })
    for (const session of page) {
      if (before !== undefined) yield ','
      yield* exportSession(deps, session, now)
      before = session
    }
    if (page.length < SESSIONS_A_PAGE) break
  }
  yield ']}\n'
}
