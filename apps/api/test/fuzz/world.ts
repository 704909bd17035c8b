import { randomUUID } from 'node:crypto'
import { dataOf, type Rig } from '../rig.js'
import type { Draft } from './requests.js'

export const OPERATORS_TOKEN = 'an-operators-token-for-the-fuzz'
export const VICTIMS_WORDS = 'the lighthouse keeper owes me eleven pears'

type Person = Awaited<ReturnType<Rig['signUp']>>

/** Who there is and what they have; whatever a request used up is there anew for the next. */
export interface World {
  readonly victim: Person
  readonly victimsSession: string
  authorizationOf(draft: Draft): Promise<string | undefined>
  sessionOf(draft: Draft): Promise<string>
  /** Something may be used up: it is looked at before it is handed out again. */
  doubt(): void
  /** What no reply to others, and no line of the log, may have in it. */
  secrets(): readonly string[]
}

export async function createWorld(rig: Rig): Promise<World> {
  const victim = await rig.signUp({ username: 'Seo-yeon', password: 'pears, eleven of them' })
  const victimsSession = await rig.start({}, victim.headers)
  const say = { method: 'POST', url: `/api/session/${victimsSession}/utterances` } as const
  const payload = { text: VICTIMS_WORDS, lang: 'en' }
  dataOf(await rig.app.inject({ ...say, payload, headers: victim.headers }))

  /** What was looked at since there was last a doubt. */
  const seen = new Set<string>()
  const people = new Map<string, Person>()
  const everybody = [victim]
  const signedIn = async (name: string): Promise<Person> => {
    const known = people.get(name)
    if (known !== undefined && seen.has(name)) return known
    seen.add(name)
    // One that has signed out, or has deleted the account, is replaced.
    if (known !== undefined && (await rig.get('/api/auth/me', known.headers)).statusCode === 200) {
      return known
    }
    const person = await rig.signUp({ password: `of ${name} ${randomUUID()}` })
    people.set(name, person)
    everybody.push(person)
    return person
  }

  const sessions = new Map<string, string>()
  const session = async (kind: 'live' | 'ended' | 'nobodys'): Promise<string> => {
    const headers = kind === 'nobodys' ? {} : (await signedIn('owner')).headers
    const known = sessions.get(kind)
    if (known !== undefined && seen.has(kind)) return known
    seen.add(kind)
    if (known !== undefined) {
      const reply = await rig.get(`/api/session/${known}`, headers)
      const { status } =
        reply.statusCode === 200 ? dataOf<{ status: string }>(reply) : { status: '' }
      if (kind === 'ended' ? status === 'ended' : status === 'active' || status === 'paused')
        return known
    }
    const id = await rig.start({}, headers)
    if (kind === 'ended') await rig.post(`/api/session/${id}/end`, headers)
    sessions.set(kind, id)
    return id
  }

  return {
    victim,
    victimsSession,
    async authorizationOf({ caller, authorization }) {
      if (caller === 'nobody') return undefined
      if (caller === 'operator') return `Bearer ${OPERATORS_TOKEN}`
      if (caller === 'impostor') return authorization
      return (await signedIn(caller)).headers.authorization
    },
    sessionOf: async (draft) => {
      if (draft.session === 'none') return draft.parameters['id'] ?? 'none'
      return draft.session === 'victims' ? victimsSession : session(draft.session)
    },
    doubt: () => seen.clear(),
    secrets: () =>
      everybody.flatMap(({ email, password, accessToken, refreshToken }) => [
        ...[email, password, accessToken, refreshToken],
      ]),
  }
}
