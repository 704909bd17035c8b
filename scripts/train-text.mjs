// `npm run train:text`: makes the text model again; with `-- --check`, whether it comes out the same.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { trainMain } = await import('../packages/text-model/dist/src/train-main.js')
process.exitCode = trainMain(process.argv.slice(2))
