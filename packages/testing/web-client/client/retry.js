const RETRIED = new Set([408, 429, 500, 502, 503, 504])
const RETRIED_CODES = new Set(['ERR_NETWORK', 'ECONNABORTED'])
const FIRST_DELAY_MS = 1_000
const JITTER = 0.2

function isWorthRetrying({ status, code, message }) {
  return RETRIED.has(status) || RETRIED_CODES.has(code) || /timeout/i.test(message)
}

/** Tries again after 1 s and 2 s, whatever Retry-After says; a refusal is final. */
export async function withRetry(act, attempts = 3) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (attempt === attempts || !isWorthRetrying(error)) throw error
      const delayMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + Math.random() * JITTER)
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
  }
}
