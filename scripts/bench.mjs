// `npm run bench`: the load and comparison benchmarks.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { main } = await import('../bench/dist/src/main.js')
process.exitCode = await main(process.argv.slice(2))
