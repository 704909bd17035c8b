// `npm run chaos`: every fault of docs/reliability.md, injected into real processes under load.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { main } = await import('../packages/chaos/dist/src/main.js')
process.exitCode = await main(process.argv.slice(2))
