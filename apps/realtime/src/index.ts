export { type Clock, SYSTEM_CLOCK } from './clock.js'
export { createRealtime, type Realtime, type RealtimeDeps } from './realtime.js'
