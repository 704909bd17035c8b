import type { Subject } from '../servers/subject.js'

const AT_ONCE = 16

/** Starts sessions a few at a time, as fast as the server and its database like. */
export async function openSessions(subject: Subject, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - ids.length) })
    ids.push(...(await Promise.all(batch.map(() => subject.startSession()))))
  }
  return ids
}

export async function endSessions(subject: Subject, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => subject.endSession(id)))
  }
}
