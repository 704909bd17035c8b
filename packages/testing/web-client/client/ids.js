const RANDOM_START = 2
const RANDOM_END = 10
const NUMBER_DIGITS = 3
const CSRF_BYTES = 32

/** `req_<ms>_<random>_<nnn>`; the number starts anew with every page load, as the client's does. */
export function createIds() {
  let count = 0
  return (kind) => {
    count += 1
    const random = Math.random().toString(36).slice(RANDOM_START, RANDOM_END)
    return `${kind}_${Date.now()}_${random}_${String(count).padStart(NUMBER_DIGITS, '0')}`
  }
}

/** 64 hex digits that nobody but the client knows. */
export function createCsrfToken() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(CSRF_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What is kept under a key; made and kept the first time. */
export function keep(storage, key, make) {
  const kept = storage.getItem(key)
  if (kept !== null) return kept
  const made = make()
  storage.setItem(key, made)
  return made
}
