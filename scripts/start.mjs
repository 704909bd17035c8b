// `npm start`: everything on this machine, in this process, so that signals reach it directly.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { main } = await import('../apps/cli/dist/src/main.js')
process.exit(await main(['up', ...process.argv.slice(2)]))
