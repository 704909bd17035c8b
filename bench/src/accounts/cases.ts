import type { SessionHistory, Subject } from '../servers/subject.js'
import type { Shot } from './http-orders.js'
import { addPast } from './past.js'
import { callApi, logIn, type Person, signUp, signUpMany, startSessionOf } from './people.js'

/** A request whose cost is measured. */
export interface AccountCase {
  readonly name: string
  /** Any other reply fails the run. */
  readonly status: number
  /** Made anew for each round where they cannot be used twice. */
  readonly shots: readonly Shot[] | (() => Promise<readonly Shot[]>)
  /** See `HttpOrder.chain`. */
  readonly chain?: string
  /** The case that it is compared with. */
  readonly beside?: string
  /** The most it may cost of that, in processor time. */
  readonly atMost?: number
}

export interface AccountScene {
  readonly cases: readonly AccountCase[]
  /** Of somebody with a usual history, and of somebody with one of years. */
  readonly usual: Person
  readonly heavy: Person
  /** An ended session of `usual`. */
  readonly ownSession: string
  /** A kept report, and sign-ins by password: to be had at once. */
  readonly report: Shot
  readonly logins: readonly Shot[]
}

export const CONNECTIONS = 20
/** Someone who comes three times a day, seen after ten days; and after a year. */
const USUAL_SESSIONS = 30
const EVERY_HOURS = 8

/** Signs people up, gives them sessions, and says what is to be asked in their names. */
export async function setAccountScene(
  bemore: Subject,
  history: SessionHistory,
): Promise<AccountScene> {
  const { httpPort: port, databaseUrl } = bemore
  const [usual, heavy, other, starter] = [
    await signUp(port, 'usual'),
    await signUp(port, 'heavy'),
    await signUp(port, 'other'),
    await signUp(port, 'starter'),
  ]
  const ownSession = await bemore.importSession({ ...history, ownerId: usual.userId })
  const nobodys = await bemore.importSession(history)
  const foreign = await bemore.importSession({ ...history, ownerId: other.userId })
  // Has the figures of it kept, which the past is made of.
  await callApi(port, 'GET', '/api/dashboard/summary', usual)
  const [ownerIds, like] = [[usual.userId], ownSession]
  await addPast(databaseUrl, {
    ...{ ownerIds, like, sessionsEach: USUAL_SESSIONS - 1, everyHours: EVERY_HOURS },
  })

  const report = (id: string) => `/api/session/${id}/report`
  const tagOf = async (id: string, headers: Record<string, string>) =>
    (await callApi(port, 'GET', report(id), { headers })).etag
  const own = { method: 'GET', path: report(ownSession), headers: usual.headers } as const
  const anonymous = { method: 'GET', path: report(nobodys), headers: {} } as const
  const known = async (shot: Shot, id: string): Promise<Shot> => ({
    ...shot,
    headers: { ...shot.headers, 'if-none-match': await tagOf(id, shot.headers) },
  })
  const get = (path: string): Shot[] => [{ method: 'GET', path, headers: usual.headers }]
  const send = (method: 'POST' | 'PUT', path: string, body: object, by?: Person): Shot => ({
    ...{ method, path, body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json', ...by?.headers },
  })
  const refreshing = await signUpMany(port, 'refreshing', CONNECTIONS)
  const loggingIn = await signUpMany(port, 'login', CONNECTIONS)
  const logins = loggingIn.map(({ email, password }) =>
    send('POST', '/api/auth/login', { email, password }),
  )
  const rated: string[] = []
  for (let n = 0; n < CONNECTIONS; n++) rated.push(await startSessionOf(port, starter))

  const cases: AccountCase[] = [
    { name: ANONYMOUS, status: 200, shots: [anonymous] },
    { name: OWN, status: 200, shots: [own], beside: ANONYMOUS, atMost: 1.15 },
    { name: ANONYMOUS_KNOWN, status: 304, shots: [await known(anonymous, nobodys)] },
    {
      ...{ name: 'GET …/report of one’s own, unchanged', status: 304, beside: ANONYMOUS_KNOWN },
      ...{ shots: [await known(own, ownSession)], atMost: 1.15 },
    },
    {
      ...{ name: 'GET …/report, a wrong token', status: 401 },
      shots: [{ ...own, headers: { authorization: `${usual.headers.authorization}A` } }],
    },
    {
      ...{ name: 'GET …/report of somebody else', status: 403 },
      shots: [{ ...own, path: report(foreign) }],
    },
    { name: 'GET /api/auth/me', status: 200, shots: get('/api/auth/me') },
    { name: 'GET /api/user/preferences', status: 200, shots: get('/api/user/preferences') },
    {
      ...{ name: 'PUT /api/user/preferences', status: 200 },
      shots: refreshing.map((by) =>
        send('PUT', '/api/user/preferences', { preferences: { fontScale: 'lg' } }, by),
      ),
    },
    ...historyCases(usual, ''),
    {
      ...{ name: ANONYMOUS_START, status: 201 },
      shots: [send('POST', '/api/session/start', {})],
    },
    {
      ...{ name: 'POST /api/session/start, signed in', status: 201, beside: ANONYMOUS_START },
      shots: [send('POST', '/api/session/start', {}, starter)],
    },
    {
      ...{ name: 'POST /api/session/:id/feedback', status: 200 },
      // The same again would be taken once.
      shots: [3, 4].flatMap((rating) =>
        rated.map((id) => send('POST', `/api/session/${id}/feedback`, { rating }, starter)),
      ),
    },
    {
      ...{ name: 'POST /api/auth/refresh', status: 200, chain: 'refreshToken' },
      shots: async () => {
        const shots: Shot[] = []
        for (const { email } of refreshing) {
          const { refreshToken } = await logIn(port, email)
          shots.push(send('POST', '/api/auth/refresh', { refreshToken }))
        }
        return shots
      },
    },
    { name: LOGIN, status: 200, shots: logins },
  ]
  return { cases, usual, heavy, ownSession, report: own, logins }
}

const ANONYMOUS = 'GET …/report of nobody'
const ANONYMOUS_KNOWN = 'GET …/report of nobody, unchanged'
const OWN = 'GET …/report of one’s own'
const ANONYMOUS_START = 'POST /api/session/start'
const LOGIN = 'POST /api/auth/login'

const HISTORY_ROUTES = ['/api/dashboard/summary', '/api/session/stats/summary', '/api/session']

/** What is read of a person's past. @param when said behind the route */
export function historyCases({ headers }: Person, when: string, besides?: string): AccountCase[] {
  return HISTORY_ROUTES.map((path) => ({
    ...{ name: `GET ${path}${when}`, status: 200 },
    shots: [{ method: 'GET', path, headers }],
    ...(besides !== undefined && { beside: `GET ${path}${besides}` }),
  }))
}
