/**
 * The existing web client, as docs of its contract have it: a page (`web-client/`, plain modules that a
 * browser loads as they are), and the same modules for tests in Node.
 */
import type { ClientStorage } from '#web-client/client/api-client.js'

export {
  type ApiClient,
  type ClientStorage,
  createApiClient,
  type SignInKeys,
} from '#web-client/client/api-client.js'
export { type ClientError, userMessageOf } from '#web-client/client/client-error.js'
export { dashboardTree, historyTree } from '#web-client/client/dashboard-tree.js'
export { textOf } from '#web-client/client/element.js'
export { readEmotionUpdate } from '#web-client/client/emotion-update.js'
export { createEndpoints, type Endpoints } from '#web-client/client/endpoints.js'
export { resultTree } from '#web-client/client/result-tree.js'
export { openSessionSockets, type SessionSockets } from '#web-client/client/session-sockets.js'
export { readVoiceAnalysis } from '#web-client/client/voice-analysis.js'

/** Where the page is. */
export const WEB_CLIENT_FOLDER = new URL('../../web-client/', import.meta.url)
/** One message of landmarks, as captured. */
export const LANDMARKS_FRAME_FILE = new URL('../../data/landmarks-frame.json', import.meta.url)

/** What a browser keeps for a page. */
export function createMemoryStorage(): ClientStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
