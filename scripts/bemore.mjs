// The `bemore` command, from the sources: node scripts/bemore.mjs doctor https://…
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { main } = await import('../apps/cli/dist/src/main.js')
process.exit(await main(process.argv.slice(2)))
