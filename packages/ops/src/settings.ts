/**
 * Every variable the product reads, in one place: the start-up check, the documentation and the
 * deploy files are held against this table. Nothing else reads the environment.
 */
import { API_SETTINGS } from './api-settings.js'
import { GEMINI_SETTINGS } from './gemini-settings.js'
import { PROCESS_SETTINGS } from './process-settings.js'
import { REALTIME_SETTINGS } from './realtime-settings.js'
import { STORE_SETTINGS } from './store-settings.js'

export { API_SETTINGS, GEMINI_SETTINGS, PROCESS_SETTINGS, REALTIME_SETTINGS, STORE_SETTINGS }

export const SETTINGS = {
  ...PROCESS_SETTINGS,
  ...STORE_SETTINGS,
  ...API_SETTINGS,
  ...REALTIME_SETTINGS,
  ...GEMINI_SETTINGS,
}
