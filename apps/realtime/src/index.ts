export { type Clock, createSteadyClock } from './clock.js'
export { createRealtime, type Realtime, type RealtimeDeps } from './realtime.js'
