const ACCESS = 'bemore_access_token'
const REFRESH = 'bemore_refresh_token'
const USER = 'bemore_user'

/** The three keys a sign-in leaves in the storage; there are no cookies. */
export function createSignInKeys(storage) {
  return {
    access: () => storage.getItem(ACCESS),
    refresh: () => storage.getItem(REFRESH),
    /** Throws where a reply had no user: `undefined` was stored as a text then. */
    user() {
      const text = storage.getItem(USER)
      return text === null ? null : JSON.parse(text)
    },
    keepTokens({ accessToken, refreshToken }) {
      storage.setItem(ACCESS, `${accessToken}`)
      storage.setItem(REFRESH, `${refreshToken}`)
    },
    keepUser: (user) => storage.setItem(USER, `${JSON.stringify(user)}`),
    wipe() {
      for (const key of [ACCESS, REFRESH, USER]) storage.removeItem(key)
    },
  }
}
