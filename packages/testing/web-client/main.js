import { createApiClient } from './client/api-client.js'
import { h } from './client/element.js'
import { createEndpoints } from './client/endpoints.js'
import { show } from './dom.js'
import { createPreferences } from './preferences.js'
import { loginView, signUpView } from './views/auth.js'
import { dashboardView, historyView, settingsView } from './views/home.js'
import { sessionView } from './views/session.js'

const REFRESH_MS = 30 * 60_000
const PUBLIC = { '/auth/signup': signUpView, '/auth/login': loginView }
const GUARDED = {
  '/app': dashboardView,
  '/app/session': sessionView,
  '/app/history': historyView,
  '/app/settings': settingsView,
}
const LINKS = {
  '/app': '대시보드',
  '/app/session': '세션',
  '/app/history': '기록',
  '/app/settings': '설정',
}

const { API_URL, WS_URL } = window.__ENV__
const storage = window.localStorage
const nav = document.getElementById('nav')
const page = document.getElementById('page')
const banner = document.getElementById('banner')

const toLogin = () => {
  location.href = '/auth/login'
}
const client = createApiClient({ baseUrl: API_URL, storage, onSignedOut: toLogin })
const api = createEndpoints(client)
const { keys } = client
const isSignedIn = () => keys.access() !== null && keys.user() !== null
const preferences = createPreferences({
  api,
  storage,
  isSignedIn,
  onProblem: (text) => show(banner, h('p', { className: 'problem' }, text)),
})
const face = (await (await fetch('/landmarks-frame.json')).json()).data
let leave = null

/** For whoever watches this page: what it holds, and its timer of half an hour. */
window.bemore = { api, keys, session: null, refreshTimer: () => client.refreshNow() }

const expose = (session) => {
  window.bemore.session = session
}
const context = { api, wsUrl: WS_URL, face, storage, preferences, expose, go, enter }

async function enter() {
  await preferences.load()
  go('/app')
}

async function logOut() {
  if (!confirm('로그아웃하시겠습니까?')) return
  await api.logOut()
  go('/auth/login')
}

function drawNav(path) {
  const user = isSignedIn() ? keys.user() : null
  const link = ([href, text]) => h('a', { href, className: href === path ? 'here' : '' }, text)
  show(
    nav,
    h('span', { className: 'brand' }, 'BeMore'),
    h('span', { className: 'links' }, user !== null && Object.entries(LINKS).map(link)),
    user !== null &&
      h(
        'span',
        { id: 'user' },
        user.username,
        ' ',
        h('button', { onclick: logOut, 'data-act': 'logout' }, '로그아웃'),
      ),
  )
}

function go(path) {
  const isGuarded = path in GUARDED
  const target =
    isGuarded && !isSignedIn() ? '/auth/login' : path in PUBLIC && isSignedIn() ? '/app' : path
  if (location.pathname !== target) history.pushState(null, '', target)
  draw(target)
}

function draw(path) {
  leave?.()
  leave = null
  drawNav(path)
  const view = GUARDED[path] ?? PUBLIC[path]
  if (view === undefined) return go('/app')
  const left = view(page, context)
  if (typeof left === 'function') leave = left
}

document.addEventListener('click', (event) => {
  const href = event.target.closest?.('a[href^="/"]')?.getAttribute('href')
  if (!href) return
  event.preventDefault()
  go(href)
})
window.addEventListener('popstate', () => draw(location.pathname))

// As on every load: whoever was signed in is asked for, and is forgotten when that fails in any way.
if (isSignedIn()) {
  try {
    keys.keepUser(await api.me())
    await preferences.load()
  } catch {
    keys.wipe()
  }
}
setInterval(() => {
  if (isSignedIn()) client.refreshNow().catch(() => {})
}, REFRESH_MS)
go(location.pathname)
document.documentElement.dataset.ready = 'yes'
