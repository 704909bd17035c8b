// `npm run eval`: each gate of the emotion engine that this repository can run, with its threshold.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { evalMain } = await import('../packages/eval/dist/src/eval-main.js')
process.exitCode = evalMain()
