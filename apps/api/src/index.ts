export { type ApiDeps, buildApi } from './app.js'
export { type Background, startBackground } from './background/background.js'
export {
  createHealthChecks,
  type HealthChecks,
  type ProcessSight,
} from './background/health-checks.js'
export { createSweeper, type Sweeper } from './background/sweeper.js'
export { listen } from './listen.js'
