const KEY = 'bemore_settings_v1'
const SAVE_AFTER_MS = 300
const DEFAULTS = {
  fontScale: 'md',
  layoutDensity: 'spacious',
  language: 'ko',
  notificationsOptIn: false,
}

/** Settings as the client has them: what the server has is spread in, and all of it is sent back. */
export function createPreferences({ api, storage, isSignedIn, onProblem }) {
  let settings = { ...DEFAULTS, ...JSON.parse(storage.getItem(KEY) ?? '{}') }
  let timer = null

  const keep = () => {
    storage.setItem(KEY, JSON.stringify(settings))
    if (!isSignedIn()) return
    clearTimeout(timer)
    timer = setTimeout(() => api.savePreferences(settings).catch(() => {}), SAVE_AFTER_MS)
  }

  return {
    get: () => settings,
    change(changes) {
      settings = { ...settings, ...changes }
      keep()
    },
    async load() {
      try {
        const data = await api.preferences()
        settings = { ...settings, ...data }
        keep()
      } catch {
        onProblem('서버 연결 오류')
      }
    },
  }
}
