import type { ConsentPolicy } from '@bemore/core'
import type { SignInRow, Store, UserRow } from '@bemore/store'
import { iso, isoOrNull } from '../http/iso-time.js'
import { pickPreferences } from '../preferences/preferences.js'
import { exportSession } from '../privacy/session-export.js'
import { viewUser } from './user-view.js'

const SESSIONS_A_PAGE = 50

/** Of each kind, the newest; there are no more within the days they are kept for, but by abuse. */
const MOST_RECORDS = 10_000

/**
 * Everything held of a person, as JSON: the account, where it is signed in, what was written down of
 * it, and each session as its own export has it. What is only computed from these is not in it.
 */
export async function* exportAccount(
  deps: {
    readonly store: Pick<Store, 'accounts' | 'sessions' | 'log' | 'preferences' | 'audit'>
    readonly config: ConsentPolicy
  },
  user: UserRow,
  now: number,
): AsyncGenerator<string> {
  const preferences = pickPreferences(await deps.store.preferences.get(user.id))
  const signIns = await deps.store.accounts.listSignIns(user.id, MOST_RECORDS)
  const audit = await deps.store.audit.list({ subject: user.id, limit: MOST_RECORDS })
  const head = {
    exportedAt: iso(now),
    user: viewUser(user),
    preferences,
    signIns: signIns.map(viewSignIn),
    audit: audit.map(({ at, action, outcome }) => ({ at: iso(at), action, outcome })),
  }
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

function viewSignIn({ createdAt, usedAt, expiresAt, endedAt, endedBy }: SignInRow) {
  return {
    createdAt: iso(createdAt),
    usedAt: iso(usedAt),
    expiresAt: iso(expiresAt),
    endedAt: isoOrNull(endedAt),
    endedBy,
  }
}
