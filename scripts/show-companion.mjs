// `npm run show:companion`: a session without a key, with Gemini well, and with it failing in each way.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { showCompanion } = await import('../packages/chaos/dist/src/companion/show-companion.js')
process.exitCode = await showCompanion()
