// `npm run show:browser`: everything the web client does, in a real browser against real processes.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { showWalk } = await import('../packages/web-client-check/dist/src/show-walk.js')
process.exitCode = await showWalk()
