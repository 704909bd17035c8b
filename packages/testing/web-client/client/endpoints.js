import { ClientError } from './client-error.js'
import { withRetry } from './retry.js'

/** What the client sends with every start, whoever is signed in. */
const START = { userId: 'frontend_user_001', counselorId: 'ai_counselor_001' }
const FEW = 2

/** The calls of the client's pages. Only those it repeats are repeated; a POST without a body has none. */
export function createEndpoints(client) {
  const { request, keys } = client
  const get = (path) => request('GET', path).then(dataOf)
  const post = (path, body) => request('POST', path, { body }).then(dataOf)
  const blob = (path) => request('GET', path, { readAs: 'blob' })
  const session = (id, rest) => `/api/session/${id}/${rest}`
  return {
    signUp: (form) => post('/api/auth/signup', form),
    async logIn(form) {
      const data = await post('/api/auth/login', form)
      keys.keepTokens(data)
      keys.keepUser(data.user)
      return data.user
    },
    me: async () => (await get('/api/auth/me')).user,
    /** The result is ignored: the page forgets the sign-in whatever is answered. */
    logOut: () =>
      request('POST', '/api/auth/logout')
        .catch(() => {})
        .finally(() => keys.wipe()),
    preferences: () => withRetry(() => request('GET', '/api/user/preferences').then(checked), FEW),
    savePreferences: (preferences) =>
      withRetry(() => request('PUT', '/api/user/preferences', { body: { preferences } }), FEW),
    dashboard: () => withRetry(() => get('/api/dashboard/summary'), FEW),
    history: () => get('/api/session/stats/summary'),
    start: () => withRetry(() => post('/api/session/start', START)),
    pause: (id) => request('POST', session(id, 'pause')).then(checked),
    resume: (id) => request('POST', session(id, 'resume')).then(checked),
    end: (id) => withRetry(() => request('POST', session(id, 'end')).then(checked)),
    summary: (id) => get(session(id, 'summary')),
    report: (id) => get(session(id, 'report')),
    pdf: (id) => blob(session(id, 'report/pdf')),
    csv: (id, kind) => blob(session(id, `report/csv?kind=${kind}`)),
    feedback: (id, rating, note) => post(session(id, 'feedback'), { rating, note }),
  }
}

function checked(body) {
  if (body?.success === true) return body.data
  throw new ClientError(body?.error?.message ?? '요청이 실패했습니다', { code: 'NO_SUCCESS' })
}

function dataOf(body) {
  const data = checked(body)
  if (!data) throw new ClientError('응답에 데이터가 없습니다', { code: 'NO_DATA' })
  return data
}
