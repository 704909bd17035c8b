import { count, integer, MINUTE, milliseconds, string, url } from './setting.js'

/** Of the optional companion; read by both processes. */
export const GEMINI_SETTINGS = {
  geminiApiKey: string('GEMINI_API_KEY', 'Key of the Gemini API; empty: prepared replies only', {
    fallback: '',
    secret: true,
  }),
  geminiBaseUrl: url('GEMINI_BASE_URL', 'Where the Gemini API is', ['https', 'http'], {
    fallback: 'https://generativelanguage.googleapis.com',
  }),
  geminiModel: string('GEMINI_MODEL', 'Writes replies and summaries, and reads words', {
    fallback: 'gemini-2.5-flash',
  }),
  geminiTranscribeModel: string('GEMINI_TRANSCRIBE_MODEL', 'Recognises speech', {
    fallback: 'gemini-2.5-flash',
  }),
  geminiTimeoutMs: milliseconds(
    'GEMINI_TIMEOUT_MS',
    'Longest time for an answer, with waiting, retries and its last word',
    20_000,
    5 * MINUTE,
  ),
  geminiStreamIdleMs: milliseconds(
    'GEMINI_STREAM_IDLE_MS',
    'Longest silence of a streamed reply, the one before its first word too',
    8_000,
    MINUTE,
  ),
  geminiConcurrency: count('GEMINI_CONCURRENCY', 'Requests to Gemini at once', 8, 1_000),
  geminiQueueLimit: integer('GEMINI_QUEUE_LIMIT', 'Requests that may wait for their turn', {
    fallback: 32,
    min: 0,
    max: 10_000,
  }),
  geminiRetries: integer('GEMINI_RETRIES', 'Further attempts at a request that failed in passing', {
    fallback: 2,
    min: 0,
    max: 10,
  }),
  geminiBreakerFailures: count(
    'GEMINI_BREAKER_FAILURES',
    'Failed requests in a row after which Gemini is left alone',
    5,
    1_000,
  ),
  geminiBreakerOpenMs: milliseconds(
    'GEMINI_BREAKER_OPEN_MS',
    'How long it is left alone before one request tries again',
    30_000,
  ),
  geminiMaxOutputTokens: integer('GEMINI_MAX_OUTPUT_TOKENS', 'Longest answer, tokens', {
    fallback: 1_024,
    min: 64,
    max: 8_192,
  }),
  geminiHistoryTurns: integer('GEMINI_HISTORY_TURNS', 'Earlier turns of a chat sent along', {
    fallback: 20,
    min: 0,
    max: 40,
  }),
}
